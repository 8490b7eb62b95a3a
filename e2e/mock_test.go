package e2e

import (
	"testing"

	"github.com/oaken-go/oaken/e2e/mock"
)

func TestMain(m *testing.M) { mock.Main(m) }

// mockURL returns where the mock server listens, and starts it the first time.
func mockURL(t *testing.T) string {
	t.Helper()
	return mock.URL(t)
}

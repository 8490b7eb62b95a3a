package emit

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/ir"
)

// Servers have a file of their own, also where nothing else is in it.
func TestServersAreWritten(t *testing.T) {
	files, err := Emit(&ir.API{Package: "p", Servers: []*ir.Server{{GoName: "SandboxServer", URL: "https://sandbox.example.com"}}}, "1.0.0")
	require.NoError(t, err)
	require.Contains(t, string(files["servers.go"]), "func WithSandboxServer() Option {\n\treturn withServer(\"https://sandbox.example.com\")\n}")
}

package output

import (
	"crypto/sha256"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/sys/windows"
)

// lock waits until no other run is at work in a folder. A folder can't be locked
// itself here, so the lock is a mutex named after it. It belongs to a thread,
// and ends with the process.
func lock(dir string, _ bool) (unlock func(), ok bool, err error) {
	name := fmt.Sprintf(`Local\oaken-%x`, sha256.Sum256([]byte(strings.ToLower(dir))))
	text, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return func() {}, false, nil
	}
	mutex, err := windows.CreateMutex(nil, false, text)
	if mutex == 0 { // an error with a mutex says that it was there already
		return func() {}, false, nil
	}
	runtime.LockOSThread()
	event, err := windows.WaitForSingleObject(mutex, uint32(patience.Milliseconds()))
	held := err == nil && (event == windows.WAIT_OBJECT_0 || event == windows.WAIT_ABANDONED)
	unlock = func() {
		if held {
			windows.ReleaseMutex(mutex)
		}
		runtime.UnlockOSThread()
		windows.CloseHandle(mutex)
	}
	if event == uint32(windows.WAIT_TIMEOUT) {
		return unlock, false, errLocked(dir)
	}
	return unlock, held, nil
}

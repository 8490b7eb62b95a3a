package support

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// This file writes tokens of JSON. They are stored in pieces of eight or sixteen
// bytes, of which the last may be longer than what it is for: spare is the room
// that has to be behind a token.

// spare is how many bytes there must be room for behind what is written.
const spare = 32

// maxDigits is the length of the longest number of 64 bits, with its sign.
const maxDigits = 20

// fixedText is a text that is written often, in pieces: padded is as long as a
// number of pieces of sixteen bytes, of which size are the text.
type fixedText struct {
	padded string
	size   int
}

func fixedTextOf(text string) fixedText {
	padded := make([]byte, (len(text)+15)&^15)
	copy(padded, text)
	return fixedText{string(padded), len(text)}
}

// put appends the text, for which there is room.
func (t *fixedText) put(dst []byte) []byte {
	from, to := unsafe.Pointer(unsafe.StringData(t.padded)), end(dst)
	for i := 0; i < t.size; i += 16 {
		*(*[16]byte)(unsafe.Add(to, i)) = *(*[16]byte)(unsafe.Add(from, i))
	}
	return dst[:len(dst)+t.size]
}

// end returns where the next byte of dst goes.
func end(dst []byte) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(unsafe.SliceData(dst)), len(dst))
}

// putPlain appends the text s and a quote, for which there is room, and tells
// whether s is plain: ASCII that needs no escapes. If not, dst is as it was.
func putPlain(dst []byte, s string) ([]byte, bool) {
	n, from, to := len(s), unsafe.Pointer(unsafe.StringData(s)), end(dst)
	if n < 8 {
		return putShort(dst, s)
	}
	for i := 0; i <= n-8; i += 8 {
		x := *(*[8]byte)(unsafe.Add(from, i))
		if notPlain(binary.LittleEndian.Uint64(x[:])) != 0 {
			return dst, false
		}
		*(*[8]byte)(unsafe.Add(to, i)) = x
	}
	last := *(*[8]byte)(unsafe.Add(from, n-8))
	if notPlain(binary.LittleEndian.Uint64(last[:])) != 0 {
		return dst, false
	}
	*(*[8]byte)(unsafe.Add(to, n-8)) = last
	*(*byte)(unsafe.Add(to, n)) = '"'
	return dst[:len(dst)+n+1], true
}

// putShort is putPlain for less than eight bytes.
func putShort(dst []byte, s string) ([]byte, bool) {
	n, x := len(s), uint64(0)
	switch {
	case n >= 4:
		x = uint64(halfWord(s)) | uint64(halfWord(s[n-4:]))<<(8*(n-4))
	case n > 0:
		x = uint64(s[0]) | uint64(s[n/2])<<(8*(n/2)) | uint64(s[n-1])<<(8*(n-1))
	}
	const blanks = 0x2020202020202020
	x |= blanks << (8 * n)
	if notPlain(x) != 0 {
		return dst, false
	}
	binary.LittleEndian.PutUint64((*[8]byte)(end(dst))[:], x&firstBytes(n)|uint64('"')<<(8*n))
	return dst[:len(dst)+n+1], true
}

func halfWord(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// putInt appends a number in decimal, for which there is room.
func putInt(dst []byte, n int64) []byte {
	u := uint64(n)
	if n < 0 {
		dst = append(dst, '-')
		u = -u
	}
	return putUint(dst, u)
}

// putUint is putInt for a number that is not negative.
func putUint(dst []byte, n uint64) []byte {
	const eight = 100_000_000
	switch {
	case n < eight:
		return putSmall(dst, n)
	case n < eight*eight:
		return putEight(putSmall(dst, n/eight), n%eight)
	}
	dst = putEight(putSmall(dst, n/(eight*eight)), n/eight%eight)
	return putEight(dst, n%eight)
}

// putSmall is putUint for up to eight digits.
func putSmall(dst []byte, n uint64) []byte {
	to := end(dst)
	switch {
	case n < 10:
		*(*byte)(to) = byte('0' + n)
		return dst[:len(dst)+1]
	case n < 100:
		*(*[2]byte)(to) = [2]byte{byte('0' + n/10), byte('0' + n%10)}
		return dst[:len(dst)+2]
	}
	digits := eightDecimals(n)
	without := bits.TrailingZeros64(digits) / 8
	binary.LittleEndian.PutUint64((*[8]byte)(to)[:], (digits|zeros)>>(8*without))
	return dst[:len(dst)+8-without]
}

// putEight appends all eight digits of n.
func putEight(dst []byte, n uint64) []byte {
	binary.LittleEndian.PutUint64((*[8]byte)(end(dst))[:], eightDecimals(n)|zeros)
	return dst[:len(dst)+8]
}

// zeros are eight digits 0.
const zeros = 0x3030303030303030

// eightDecimals returns the eight digits of n, the first in the lowest byte: n is cut
// into fours, those into pairs, and those into digits. Each quotient is that of a
// multiplication whose result is exact for as many digits.
func eightDecimals(n uint64) uint64 {
	x := n/10000 | n%10000<<32
	hundreds := x * 10486 >> 20 & 0x0000007F_0000007F
	x = hundreds | (x-hundreds*100)<<16
	tens := x * 103 >> 10 & 0x000F_000F_000F_000F
	return tens | (x-tens*10)<<8
}

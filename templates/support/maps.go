package support

import (
	"reflect"
	"unsafe"
)

// otherMap describes a map whose values are neither plain texts nor plain
// integers, and handles it by reflection. It is the member that describes the
// values.
type otherMap member

// otherMaps is for those of whose values there is nothing to say.
var otherMaps otherMap

// mapType returns the Go type of a map. What is known of one in a list that may be
// null there is the type of the Optional around it.
func mapType(v *value) reflect.Type {
	if v.typ.Kind() == reflect.Struct {
		return v.typ.Field(v.typ.NumField() - 1).Type
	}
	return v.typ
}

func mapAt(v *value, p unsafe.Pointer) reflect.Value {
	return reflect.NewAt(mapType(v), p).Elem()
}

func (m *otherMap) values() *member { return (*member)(m) }

func (*otherMap) read(d *decoder, v *value, p unsafe.Pointer, i int) int {
	held := mapAt(v, p)
	held.Set(reflect.MakeMap(held.Type()))
	return d.eachMember(i, func(name []byte, at int) int {
		key := d.own(name)
		end := putInto(held, d, v, key, at)
		if end < 0 {
			return d.within(key)
		}
		return end
	})
}

func (*otherMap) put(d *decoder, v *value, p unsafe.Pointer, key string, i int) int {
	held := mapAt(v, p)
	if held.IsNil() {
		held.Set(reflect.MakeMap(held.Type()))
	}
	return putInto(held, d, v, key, i)
}

func putInto(held reflect.Value, d *decoder, v *value, key string, i int) int {
	x := reflect.New(held.Type().Elem())
	end := d.element(v.elem, x.UnsafePointer(), i)
	if end >= 0 {
		held.SetMapIndex(keyOf(held, key), x.Elem())
	}
	return end
}

// keyOf returns a key of a map's own type.
func keyOf(held reflect.Value, key string) reflect.Value {
	return reflect.ValueOf(key).Convert(held.Type().Key())
}

func (*otherMap) appendKeys(keys []string, v *value, p unsafe.Pointer) []string {
	for _, key := range mapAt(v, p).MapKeys() {
		keys = append(keys, key.String())
	}
	return keys
}

func (*otherMap) entry(v *value, p unsafe.Pointer, key string) unsafe.Pointer {
	held := mapAt(v, p)
	x := held.MapIndex(keyOf(held, key))
	if !x.IsValid() {
		return nil
	}
	room := reflect.New(held.Type().Elem())
	room.Elem().Set(x)
	return room.UnsafePointer()
}

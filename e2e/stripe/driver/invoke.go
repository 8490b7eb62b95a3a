package driver

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// invoke calls a method of the service that the call is about. The result is
// not valid where the operation has none.
func (r *runner) invoke(ctx context.Context, call Call, method string) (reflect.Value, error) {
	m, err := find(r.client, call.Go[:len(call.Go)-1], method)
	if err != nil {
		return reflect.Value{}, err
	}
	in, err := r.arguments(ctx, call, m.Type())
	if err != nil {
		return reflect.Value{}, err
	}
	out := m.Call(in)
	err, _ = out[len(out)-1].Interface().(error)
	if len(out) == 1 {
		return out[0], err
	}
	return out[0], err
}

// find follows exported fields from the client to a service and returns one of
// its methods.
func find(client any, fields []string, method string) (reflect.Value, error) {
	at := reflect.ValueOf(client).Elem()
	for _, field := range fields {
		if at = at.FieldByName(field); !at.IsValid() {
			return at, fmt.Errorf("the client has no %s", strings.Join(fields, "."))
		}
	}
	m := at.Addr().MethodByName(method)
	if !m.IsValid() {
		return m, fmt.Errorf("the client has no %s.%s", strings.Join(fields, "."), method)
	}
	return m, nil
}

// arguments are those of a method: the context, what the path holds, and the
// parameters. Options are left out.
func (r *runner) arguments(ctx context.Context, call Call, method reflect.Type) ([]reflect.Value, error) {
	in := []reflect.Value{reflect.ValueOf(ctx)}
	for _, text := range call.Arguments {
		if len(in) == method.NumIn()-1 {
			return nil, fmt.Errorf("the method has no argument for %q", text)
		}
		argument, err := scalar(method.In(len(in)), text)
		if err != nil {
			return nil, err
		}
		in = append(in, argument)
	}
	if len(in) == method.NumIn()-1 {
		return in, nil
	}
	params, err := r.params(call, method.In(len(in)))
	return append(in, params), err
}

// scalar makes an argument of a type that is text or an integer.
func scalar(t reflect.Type, text string) (reflect.Value, error) {
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return v, err
		}
		v.SetInt(n)
	default:
		return v, fmt.Errorf("the argument for %q is a %s", text, t)
	}
	return v, nil
}

// params makes the struct of parameters that the pointer type t leads to, nil
// where there is nothing to set.
func (r *runner) params(call Call, t reflect.Type) (reflect.Value, error) {
	if len(call.Query)+len(call.Form)+len(call.Files) == 0 {
		return reflect.Zero(t), nil
	}
	params, values := reflect.New(t.Elem()), call.params()
	for _, variant := range call.Variants {
		delete(values, variant.Param)
	}
	if err := r.set(params.Interface(), values); err != nil {
		return params, err
	}
	for _, variant := range call.Variants {
		if err := r.choose(params.Elem(), variant, call.params()[variant.Param]); err != nil {
			return params, err
		}
	}
	for _, file := range call.Files {
		if err := attach(params.Elem(), file); err != nil {
			return params, err
		}
	}
	return params, nil
}

// set fills what a pointer leads to.
func (r *runner) set(into any, values any) error {
	data, err := json.Marshal(values)
	if err != nil {
		return err
	}
	if err := r.fill(into, data); err != nil {
		return fmt.Errorf("can't fill %T with %s: %w", into, data, err)
	}
	return nil
}

// choose sets a field that may be one of several structs.
func (r *runner) choose(params reflect.Value, variant Variant, values any) error {
	field := params.FieldByName(variant.Field)
	if put := r.variants[variant.Type]; put != nil && field.IsValid() {
		if chosen := put(field.Addr().Interface()); chosen != nil {
			return r.set(chosen, values)
		}
	}
	return fmt.Errorf("%s.%s can't be a %s", params.Type(), variant.Field, variant.Type)
}

// attach sets a field that is a file, by the names of what a file is made of.
func attach(params reflect.Value, file File) error {
	into := params.FieldByName(file.Field)
	if into.IsValid() && into.Kind() == reflect.Pointer {
		into.Set(reflect.New(into.Type().Elem()))
		into = into.Elem()
	}
	if !into.IsValid() || into.Kind() != reflect.Struct {
		return fmt.Errorf("%s has no file %s", params.Type(), file.Field)
	}
	for name, value := range map[string]any{"Name": file.Name, "ContentType": file.Type, "Content": strings.NewReader(file.Content)} {
		part := into.FieldByName(name)
		if !part.IsValid() || !reflect.TypeOf(value).AssignableTo(part.Type()) {
			return fmt.Errorf("%s has no %s that could be a %T", into.Type(), name, value)
		}
		part.Set(reflect.ValueOf(value))
	}
	return nil
}

package aliases

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/ir"
)

// api is a package with a struct and an operation of some names.
func api(structName string, chain []string, method string) *ir.API {
	owner := &ir.Struct{GoName: structName, File: "owner", Role: ir.RoleObject, Pointer: "/components/schemas/owner"}
	kind := &ir.Enum{GoName: structName + "Kind", File: "owner", Base: ir.String, Pointer: "/components/schemas/owner/properties/kind", Values: []*ir.EnumValue{{GoName: structName + "KindA", Value: "a"}}}
	list := &ir.Operation{GoName: method, Pointer: "/paths/~1owners/get", Lists: true, Result: ir.Value{Type: owner}}
	top := &ir.Resource{GoName: chain[0], GoType: chain[0] + "Service", File: "owner"}
	r := top
	for _, name := range chain[1:] {
		sub := &ir.Resource{GoName: name, GoType: r.GoName + name + "Service", File: "owner"}
		r.Subs = append(r.Subs, sub)
		r = sub
	}
	r.Ops = []*ir.Operation{list}
	return &ir.API{Types: []ir.Named{owner, kind}, Resources: []*ir.Resource{top}}
}

func TestAdd(t *testing.T) {
	ofType, ofOperation := Old{"Owner", "/components/schemas/owner"}, Old{"Owners.List", "/paths/~1owners/get"}
	for name, test := range map[string]struct {
		now      *ir.API
		old      []Old
		reserved []string
		want     string
		notes    int
	}{
		"a type with what is inside":    {now: api("Keeper", []string{"Owners"}, "List"), old: []Old{ofType}, want: "type Owner=Keeper type OwnerKind=KeeperKind const OwnerKindA=KeeperKindA"},
		"nothing that was not renamed":  {now: api("Keeper", []string{"People"}, "Find"), want: ""},
		"an operation":                  {now: api("Owner", []string{"Owners"}, "Find"), old: []Old{ofOperation}, want: "method Owners.All=Owners.FindAll method Owners.List=Owners.Find"},
		"an operation elsewhere":        {now: api("Owner", []string{"Users", "People"}, "List"), old: []Old{ofOperation}, want: "method Owners.All=Users.People.All method Owners.List=Users.People.List"},
		"a reserved name":               {now: api("Keeper", []string{"Owners"}, "List"), old: []Old{ofType}, reserved: []string{"Owner"}, want: "type OwnerKind=KeeperKind const OwnerKindA=KeeperKindA", notes: 1},
		"a service that is another now": {now: api("OwnersService", []string{"People"}, "List"), old: []Old{ofOperation}, notes: 1},
		"a method under a resource":     {now: api("Owner", []string{"Owners", "List"}, "All"), old: []Old{ofOperation}, want: "method Owners.All=Owners.List.AllAll", notes: 1},
		"a place that is cut off":       {now: &ir.API{}, old: []Old{ofType, ofOperation}},
		"a name that it never had":      {now: api("Keeper", []string{"Owners"}, "List"), old: []Old{{"Holder", "/components/schemas/owner"}}, notes: 1},
	} {
		t.Run(name, func(t *testing.T) {
			notes := Add(test.now, api("Owner", []string{"Owners"}, "List"), test.old, test.reserved)
			var got []string
			for _, a := range test.now.Aliases {
				got = append(got, string(a.Kind)+" "+a.GoName+"="+a.Of)
			}
			require.ElementsMatch(t, strings.Split(test.want, " "), strings.Split(strings.Join(got, " "), " "))
			require.Len(t, notes, test.notes, "%v", notes)
		})
	}
}

// What has no resource any more gets one for its old names.
func TestOldResources(t *testing.T) {
	now := api("Owner", []string{"People"}, "List")
	require.Empty(t, Add(now, api("Owner", []string{"Users", "Owners"}, "List"), []Old{{"Users.Owners.List", "/paths/~1owners/get"}}, nil))
	require.Len(t, now.Resources, 2)
	users := now.Resources[1]
	require.True(t, users.Old && users.Subs[0].Old && !now.Resources[0].Old)
	require.Equal(t, "UsersOwnersService", users.Subs[0].GoType)
}

// A service on the way to a renamed operation can be called otherwise as well.
func TestServicesOnTheWay(t *testing.T) {
	now, before := api("Owner", []string{"Users", "People"}, "List"), api("Owner", []string{"Users", "Owners"}, "List")
	now.Resources[0].GoType = "UserService"
	require.Empty(t, Add(now, before, []Old{{"Users.Owners.List", "/paths/~1owners/get"}}, nil))
	require.Equal(t, "UserService", now.Aliases[len(now.Aliases)-1].Of)
	require.Equal(t, "UsersService", now.Aliases[len(now.Aliases)-1].GoName)
}

// An enum that can't stay says so once, and not for each of its constants.
func TestEnumsThatCannotStay(t *testing.T) {
	now := api("Keeper", []string{"Owners"}, "List")
	now.Types = append(now.Types, &ir.Enum{GoName: "OwnerKind", Pointer: "/b", Values: []*ir.EnumValue{{GoName: "OwnerKindA", Value: "a"}}})
	notes := Add(now, api("Owner", []string{"Owners"}, "List"), []Old{{"Owner", "/components/schemas/owner"}}, nil)
	require.Len(t, notes, 1)
	require.Contains(t, notes[0].Message, "OwnerKind can't stay as the old name of KeeperKind")
}

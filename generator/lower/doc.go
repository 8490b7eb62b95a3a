// Package lower turns an OpenAPI document into the intermediate
// representation. Every Go name is decided here. Enter it through Lower.
//
// # Names of types
//
// A type's name depends on the place of its schema alone:
//
//   - A component is called by its name, without a prefix that the config
//     strips. An alias (a component that only refers to another) has no type.
//   - A schema inside another is called by the name of the type around it and
//     the member's name; items of a list by the singular of that, values of a
//     map by that and Value.
//   - A variant of a union is called by the union and Range where its members
//     are bounds (gt, gte, lt, lte), else its own title, its one constant
//     member, or its JSON type. A union that would be called as a component
//     that it refers to gets the suffix Union.
//   - Parameters of an operation are called by resource, method and Params,
//     and what is inside them by the same without Params. A response is
//     Result, or List for the method List.
//   - A schema inside a shared parameter, body or response is called by that
//     component's name and Param, Body or Response.
//
// A type that would take a reserved name gets the suffix Object. Nodes that
// would have one name are told apart by longer ones: see settlement.
//
// # Names of enums
//
// Enums are called by the same rules, but inside the parameters or the JSON
// body of an operation by the resource alone, without the method, Params and
// Body. So a customer's tax_exempt is a CustomerTaxExempt wherever it is
// created, updated, listed by and answered, and enums of one name are one type,
// with the values of all. It is described by the first place that says
// anything, objects before parameters, and lies in the file of that, or the
// first of the files where only parameters list it.
//
// A place whose list is shorter has it as a rule, so what it allows does not
// change; a place that is open has no rule. A list of one text, for a member
// that its object requires, is a constant and needs no type.
//
// # Names of operations
//
// The fixed segments of a path, without a prefix that the config strips, or
// else without versions and api, are the chain of resources. Whether what follows the last id is a resource or a
// verb is decided by the operation's own response:
//
//  1. The response's object is called as the last segment is, or as its
//     singular: a resource (GET /charges/{id}/refunds lists refunds).
//  2. It is called as an earlier segment's singular: everything after that
//     segment is a verb, for POST (/charges/{id}/refund answers with the
//     charge), and for GET without an id in between (/charges/search).
//  3. Otherwise a plural is a resource. A singular is a verb for POST, and for
//     GET where the answer is not JSON, if there is something before it. For
//     POST, so is what begins with a verb, as addFollowers.
//
// A collection (a plural, unless the response's object is called that, or what
// answers with a list) has List, Create, ReplaceAll,
// UpdateAll and DeleteAll; an item, and a resource in the singular, has
// Retrieve, Update, Replace and Delete.
//
// Types of an operation begin with its resource in the singular. A plural
// without an s has none there: people stay People, beside persons.
package lower

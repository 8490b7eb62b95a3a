// Package lower turns an OpenAPI document into the intermediate
// representation, as a list of named passes. Every Go name is decided here.
package lower

// Package corpus has tests against real documents, which are read where they
// lie: in the folder that SPEC_CORPUS names, or in shared/corpus beside the
// project. Where there is none, the tests are skipped.
package corpus

package diff

// What is said of more than one kind of change.
var (
	unusable     = breaking("code that uses it no longer compiles")
	unchoosable  = breaking("code that chooses it no longer compiles")
	unreadable   = breaking("code that reads it no longer compiles")
	unwalkable   = breaking("code that walks the pages no longer compiles")
	nameGone     = breaking("code that uses the old name no longer compiles")
	argumentLess = breaking("calls lack an argument, and no longer compile")
	argumentMore = breaking("calls have an argument too many, and no longer compile")
	neededNow    = breaking("requests without it are refused")
	neededServer = breaking("the server can't be chosen without it")
	oldProof     = breaking("programs built before send credentials the old way, which is no longer described")

	elsewhere    = risky("requests go to another server")
	otherErrors  = risky("code that decodes an error's body into the old type may fail")
	incomparable = risky("it can't be told whether values that were valid still are")

	unused  = compatible("no code uses it yet")
	asUsual = compatible("it works as before")
	adds    = compatible("it only adds a method")
)

// widened is what it means that more values are valid than before.
func (d direction) widened(whenReceived string) verdict {
	return d.judge(compatible("requests that were valid still are"), risky(whenReceived))
}

// narrowed is what it means that fewer are.
func (d direction) narrowed() verdict {
	return d.judge(breaking("requests that were valid may be refused"), compatible("answers hold only what they could before"))
}

// What answers may hold that they could not before.
const (
	newValue     = "answers may hold it, and a switch over the values has no case for it"
	newVariant   = "answers may hold it, and a type switch has no case for it"
	namelessOnes = "answers may hold values that have no constant"
	otherObjects = "answers may hold objects that are none of the variants"
	beyondRules  = "answers may hold values that the old rules excluded"
)

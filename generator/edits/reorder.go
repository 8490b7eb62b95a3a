package edits

import (
	"math/rand/v2"

	"go.yaml.in/yaml/v3"
)

// anyOrder are the members whose lists mean the same in any order.
var anyOrder = map[string]bool{"parameters": true, "required": true, "enum": true, "tags": true}

// reorder shuffles every mapping, and every list whose order means nothing. It
// does the same each time.
func reorder(root *yaml.Node) {
	shuffle(root, rand.New(rand.NewPCG(1, 2)))
}

func shuffle(n *yaml.Node, random *rand.Rand) {
	swap := func(i, j int) { n.Content[i], n.Content[j] = n.Content[j], n.Content[i] }
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			value := n.Content[i+1]
			if name := n.Content[i].Value; value.Kind == yaml.SequenceNode && (anyOrder[name] || name == "oneOf" && constants(value)) {
				random.Shuffle(len(value.Content), func(i, j int) {
					value.Content[i], value.Content[j] = value.Content[j], value.Content[i]
				})
			}
		}
		random.Shuffle(len(n.Content)/2, func(i, j int) {
			swap(2*i, 2*j)
			swap(2*i+1, 2*j+1)
		})
	}
	for _, child := range n.Content {
		shuffle(child, random)
	}
}

// constants tells whether a list of alternatives is one of constants.
func constants(list *yaml.Node) bool {
	for _, item := range list.Content {
		if item.Kind != yaml.MappingNode || index(item, "const") < 0 {
			return false
		}
	}
	return true
}

package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// child returns the value of a key or the item of an index, or nil.
func child(node *yaml.Node, name string) *yaml.Node {
	if node.Kind == yaml.SequenceNode {
		if index, err := strconv.Atoi(name); err == nil && index < len(node.Content) {
			return node.Content[index]
		}
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == name {
			return node.Content[i+1]
		}
	}
	return nil
}

// at returns the node at a path such as "spec.template.spec.containers.0.image".
func at(object *yaml.Node, path string) (*yaml.Node, error) {
	node := object
	for name := range strings.SplitSeq(path, ".") {
		if node = child(node, name); node == nil {
			return nil, fmt.Errorf("%s has no %s", id(object), path)
		}
	}
	return node, nil
}

// text returns the scalar at a path, or "".
func text(object *yaml.Node, path string) string {
	node, err := at(object, path)
	if err != nil {
		return ""
	}
	return node.Value
}

// id names an object: "DaemonSet/agent".
func id(object *yaml.Node) string {
	return text(object, "kind") + "/" + text(object, "metadata.name")
}

// write returns the YAML of a node with two columns of indentation, as deploy/ has it.
func write(node *yaml.Node) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := yaml.NewEncoder(&buffer)
	encoder.SetIndent(2)
	if err := encoder.Encode(node); err != nil {
		return nil, err
	}
	return buffer.Bytes(), encoder.Close()
}

func scalar(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

// insertBefore puts an entry before the key in a mapping.
func insertBefore(mapping *yaml.Node, key string, entry ...*yaml.Node) {
	for i := 0; i < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			rest := append(entry, mapping.Content[i:]...)
			mapping.Content = append(mapping.Content[:i:i], rest...)
			return
		}
	}
	mapping.Content = append(mapping.Content, entry...)
}

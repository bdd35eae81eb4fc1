package main

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// template turns one object into the text of a Helm template. Template actions are no YAML. So each slot leaves a marker in the
// object, and the text of the action takes the marker's place once the object is written.
type template struct {
	object  *yaml.Node
	actions []string
}

var (
	markerValue = regexp.MustCompile(`(?m)^( *)([\w.]+): helm-slot-(\d+)$`)
	markerEntry = regexp.MustCompile(`(?m)^( *)(?:- )?helm-slot-(\d+)(?:: null)?$`)
	markerText  = regexp.MustCompile(`helm-slot-(\d+)-`)
)

func (t *template) marker(action string) string {
	t.actions = append(t.actions, action)
	return fmt.Sprintf("helm-slot-%d", len(t.actions)-1)
}

// value makes a field a value of the chart; an empty one leaves the field out.
func (t *template) value(path, name string) error {
	node, err := at(t.object, path)
	if err != nil {
		return err
	}
	*node = *scalar(t.marker(name))
	return nil
}

// inline replaces a part of a scalar by an action.
func (t *template) inline(path, old, action string) error {
	node, err := at(t.object, path)
	if err != nil {
		return err
	}
	if !strings.Contains(node.Value, old) {
		return fmt.Errorf("%s of %s is %q, without %q", path, id(t.object), node.Value, old)
	}
	node.Value = strings.Replace(node.Value, old, t.marker(action)+"-", 1)
	node.Style = 0
	return nil
}

// lines puts lines before a key of the mapping at a path, or at the end if there is no such key.
func (t *template) lines(path, key, lines string) error {
	mapping, err := at(t.object, path)
	if err != nil {
		return err
	}
	marker := scalar(t.marker(lines))
	if mapping.Kind == yaml.SequenceNode {
		mapping.Content = append(mapping.Content, marker)
		return nil
	}
	insertBefore(mapping, key, marker, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"})
	return nil
}

func (t *template) text() (string, error) {
	written, err := write(t.object)
	if err != nil {
		return "", err
	}
	text := strings.ReplaceAll(string(written), "{{", `{{ "{{" }}`)
	text = markerValue.ReplaceAllStringFunc(text, func(line string) string {
		part := markerValue.FindStringSubmatch(line)
		indent, key, name := part[1], part[2], t.action(part[3])
		return fmt.Sprintf("%[1]s{{- with %[2]s }}\n%[1]s%[3]s:\n%[1]s  {{- toYaml . | nindent %[4]d }}\n%[1]s{{- end }}",
			indent, name, key, len(indent)+2)
	})
	text = markerEntry.ReplaceAllStringFunc(text, func(line string) string {
		part := markerEntry.FindStringSubmatch(line)
		return part[1] + strings.ReplaceAll(strings.TrimSpace(t.action(part[2])), "\n", "\n"+part[1])
	})
	text = markerText.ReplaceAllStringFunc(text, func(marker string) string {
		return t.action(markerText.FindStringSubmatch(marker)[1])
	})
	if strings.Contains(text, "helm-slot-") {
		return "", fmt.Errorf("a slot of %s was not filled", id(t.object))
	}
	return text, nil
}

func (t *template) action(number string) string {
	var i int
	_, _ = fmt.Sscan(number, &i)
	return t.actions[i]
}

package main

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// defaults returns the placeholders of values.yaml for what deploy/base and deploy/monitoring set: "@agent.resources@" and so on, indented by four
// columns.
func defaults(objects []*yaml.Node) map[string]string {
	values := map[string]string{}
	for _, object := range objects {
		role := text(object, "metadata.name")
		if id(object) == "PrometheusRule/auditpolicy" {
			values["monitoring.runbookUrl"], _, _ = strings.Cut(text(object, "spec.groups.0.rules.0.annotations.runbook_url"), "#")
		}
		if kind := text(object, "kind"); kind != "Deployment" && kind != "DaemonSet" {
			continue
		}
		for _, field := range workloadFields(object) {
			if node, err := at(object, field.path); err == nil {
				values[role+"."+field.name] = block(node)
			}
		}
		if options, err := environment(object, "JDK_JAVA_OPTIONS"); err == nil {
			values[role+".javaOptions"] = options.Value
		}
	}
	return values
}

// block writes a node as it stands below a key with two columns of indentation.
func block(node *yaml.Node) string {
	written, err := write(node)
	if err != nil {
		return ""
	}
	return "\n    " + strings.ReplaceAll(strings.TrimSpace(string(written)), "\n", "\n    ")
}

func clone(node *yaml.Node) (*yaml.Node, error) {
	written, err := write(node)
	if err != nil {
		return nil, err
	}
	documents, err := parse(written)
	if err != nil {
		return nil, err
	}
	return documents[0], nil
}

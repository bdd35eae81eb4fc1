package main

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

const (
	pod       = "spec.template.spec"
	container = pod + ".containers.0"
	withToken = `eq .Values.metrics.agent.authentication "Token"`
	agentPort = `{{ include "auditpolicy-operator.agentPort" . }}`
)

// slots makes the values of the chart out of fields of an object. deploy/ has their defaults (see defaults.go).
func slots(t *template) error {
	switch id(t.object) {
	case "Deployment/controller":
		return workload(t, "controller")
	case "DaemonSet/agent":
		if err := workload(t, "agent"); err != nil {
			return err
		}
		return agentMetrics(t)
	case "NetworkPolicy/controller":
		return t.lines("spec.ingress.0", "", `
{{- with .Values.networkPolicy.from }}
from:
  {{- toYaml . | nindent 6 }}
{{- end }}`)
	case "PrometheusRule/auditpolicy":
		if err := alertLinks(t); err != nil {
			return err
		}
	case "PodMonitor/agent":
		if err := agentMonitor(t); err != nil {
			return err
		}
	}
	if kind := text(t.object, "kind"); kind == "PodMonitor" || kind == "PrometheusRule" {
		return t.lines("metadata.labels", "app.kubernetes.io/version", `
{{- with .Values.monitoring.labels }}
{{- toYaml . | nindent 4 }}
{{- end }}`)
	}
	if text(t.object, "kind") == "CustomResourceDefinition" {
		return t.lines("metadata", "name", `
{{- if .Values.crds.keep }}
annotations:
  helm.sh/resource-policy: keep
{{- end }}`)
	}
	return nil
}

func workload(t *template, role string) error {
	for _, field := range workloadFields(t.object) {
		if err := t.value(field.path, ".Values."+role+"."+field.name); err != nil {
			return err
		}
	}
	image, err := at(t.object, container+".image")
	if err != nil {
		return err
	}
	level, err := environment(t.object, "LOG_LEVEL")
	if err != nil {
		return err
	}
	options, err := environment(t.object, "JDK_JAVA_OPTIONS")
	if err != nil {
		return err
	}
	*image = *scalar(t.marker(`{{ include "auditpolicy-operator.image" . }}`) + "-")
	*level = *scalar(t.marker(`{{ .Values.logLevel }}`) + "-")
	*options = *scalar(t.marker(`{{ .Values.`+role+`.javaOptions }}`) + "-")
	if err := t.inline(container+".imagePullPolicy", "IfNotPresent", `{{ .Values.image.pullPolicy }}`); err != nil {
		return err
	}
	if _, err := at(t.object, pod+".nodeSelector"); err != nil {
		if err := optional(t, "nodeSelector", ".Values."+role+".nodeSelector"); err != nil {
			return err
		}
	}
	return optional(t, "imagePullSecrets", ".Values.imagePullSecrets")
}

// optional adds a field of the pod that deploy/ does not set.
func optional(t *template, name, value string) error {
	return t.lines(pod, "serviceAccountName", fmt.Sprintf(`
{{- with %s }}
%s:
  {{- toYaml . | nindent 8 }}
{{- end }}`, value, name))
}

type field struct{ name, path string }

// workloadFields are values that are whole fields. An object without one of them leaves it to Kubernetes.
func workloadFields(object *yaml.Node) []field {
	var fields []field
	for _, candidate := range []field{
		{"affinity", pod + ".affinity"},
		{"nodeSelector", pod + ".nodeSelector"},
		{"resources", container + ".resources"},
		{"tolerations", pod + ".tolerations"},
	} {
		if _, err := at(object, candidate.path); err == nil {
			fields = append(fields, candidate)
		}
	}
	return fields
}

// agentMetrics: with the address "0" there is no server, and so nothing to probe.
func agentMetrics(t *template) error {
	if err := t.lines(container+".env", "", `
{{- with .Values.metrics.agent.bindAddress }}
- name: METRICS_BIND_ADDRESS
  value: {{ quote . }}
{{- end }}
{{- if `+withToken+` }}
- name: METRICS_AUTHENTICATION
  value: Token
{{- end }}`); err != nil {
		return err
	}
	if err := t.lines(container+".readinessProbe.httpGet", "", `
{{- if `+withToken+` }}
scheme: HTTPS
{{- end }}`); err != nil {
		return err
	}
	port, err := at(t.object, container+".readinessProbe.httpGet.port")
	if err != nil {
		return err
	}
	*port = *scalar(t.marker(agentPort) + "-")
	if err := t.lines(container, "readinessProbe", `{{- if ne .Values.metrics.agent.bindAddress "0" }}`); err != nil {
		return err
	}
	return t.lines(container, keyAfter(t.object, container, "readinessProbe"), `{{- end }}`)
}

func agentMonitor(t *template) error {
	for _, path := range []string{
		"spec.podMetricsEndpoints.0.relabelings.0.replacement", "spec.podMetricsEndpoints.0.relabelings.1.replacement",
	} {
		if err := t.inline(path, "17467", agentPort); err != nil {
			return err
		}
	}
	return t.lines("spec.podMetricsEndpoints.0", "", `
{{- if `+withToken+` }}
scheme: https
authorization:
  credentials:
    name: metrics-reader
    key: token
tlsConfig:
  insecureSkipVerify: true
{{- end }}`)
}

// alertLinks: a runbook_url is the address of the runbook and, after "#", the name of a section.
func alertLinks(t *template) error {
	groups, err := at(t.object, "spec.groups")
	if err != nil {
		return err
	}
	for i, group := range groups.Content {
		rules, err := at(group, "rules")
		if err != nil {
			return err
		}
		for j := range rules.Content {
			annotations := fmt.Sprintf("spec.groups.%d.rules.%d.annotations", i, j)
			runbook, _, _ := strings.Cut(text(t.object, annotations+".runbook_url"), "#")
			if err := t.inline(annotations+".runbook_url", runbook, `{{ .Values.monitoring.runbookUrl }}`); err != nil {
				return err
			}
			if err := t.lines(annotations, "", `
{{- with .Values.monitoring.dashboardUrl }}
dashboard_url: {{ . }}
{{- end }}`); err != nil {
				return err
			}
		}
	}
	return nil
}

// environment returns the value of an environment variable.
func environment(object *yaml.Node, name string) (*yaml.Node, error) {
	variables, err := at(object, container+".env")
	if err != nil {
		return nil, err
	}
	for _, variable := range variables.Content {
		if text(variable, "name") == name {
			return at(variable, "value")
		}
	}
	return at(object, container+".env."+strings.ToLower(name))
}

func keyAfter(object *yaml.Node, path, key string) string {
	mapping, err := at(object, path)
	if err != nil {
		return ""
	}
	for i := 0; i+2 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+2].Value
		}
	}
	return ""
}

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

const chartName = "auditpolicy-operator"

// chart returns the files of the chart: those in src/release/chart, which have the values and their documentation, and the
// templates, which are what kustomize makes of deploy/ with slots for the values.
func (r release) chart() (map[string][]byte, error) {
	base, err := r.objects("base")
	if err != nil {
		return nil, err
	}
	systemd, err := r.objects("base", "../components/systemd")
	if err != nil {
		return nil, err
	}
	authenticated, err := r.objects("base", "../components/authenticated-metrics")
	if err != nil {
		return nil, err
	}
	monitoring, err := r.objects("monitoring")
	if err != nil {
		return nil, err
	}
	files, err := r.writtenFiles(defaults(slices.Concat(base, monitoring)))
	if err != nil {
		return nil, err
	}
	writer := chartWriter{files: files}
	for i, object := range base {
		writer.add(object, systemd[i])
	}
	for _, object := range monitoring {
		writer.add(object, object)
	}
	for _, object := range without(authenticated, base) {
		writer.addIf(withToken, object)
	}
	return files, writer.err
}

// without returns those objects that are not among the others.
func without(objects, others []*yaml.Node) []*yaml.Node {
	return slices.DeleteFunc(slices.Clone(objects), func(object *yaml.Node) bool {
		return slices.ContainsFunc(others, func(other *yaml.Node) bool { return id(other) == id(object) })
	})
}

func (r release) objects(resource string, components ...string) ([]*yaml.Node, error) {
	stream, err := r.render(resource, components...)
	if err != nil {
		return nil, err
	}
	return parse(stream)
}

// writtenFiles are those that people edit, with the version and the defaults of this release.
func (r release) writtenFiles(defaults map[string]string) (map[string][]byte, error) {
	directory := filepath.Join(r.repository, "src/release/chart")
	defaults["version"], defaults["image"], defaults["digest"] = r.version, r.image, r.digest
	files := map[string][]byte{}
	return files, filepath.WalkDir(directory, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(directory, path)
		for placeholder, value := range defaults {
			if strings.HasPrefix(value, "\n") {
				placeholder = " @" + placeholder
			} else {
				placeholder = "@" + placeholder
			}
			content = bytes.ReplaceAll(content, []byte(placeholder+"@"), []byte(value))
		}
		files[name] = content
		return err
	})
}

// group returns the template of an object and the value that switches it on, if any.
func group(object *yaml.Node) (file, condition string) {
	kind := text(object, "kind")
	switch kind {
	case "CustomResourceDefinition":
		return "crds", ".Values.crds.enabled"
	case "Namespace":
		return "namespace", ".Values.namespace.create"
	case "NetworkPolicy":
		return "networkpolicy", ".Values.networkPolicy.enabled"
	case "PodMonitor":
		return "podmonitor", ".Values.monitoring.podMonitor.enabled"
	case "PrometheusRule":
		return "prometheusrule", ".Values.monitoring.prometheusRule.enabled"
	case "ConfigMap":
		if child(object, "data") != nil && strings.Contains(text(object, "metadata.name"), "dashboard") {
			return "dashboard", ".Values.monitoring.dashboard.enabled"
		}
	case "Deployment", "DaemonSet":
		return text(object, "metadata.name"), ""
	}
	if strings.HasPrefix(kind, "ValidatingAdmissionPolicy") {
		return "admission", ""
	}
	if strings.Contains(kind, "Role") || kind == "ServiceAccount" {
		return "rbac", ""
	}
	return strings.ToLower(kind), ""
}

type chartWriter struct {
	files map[string][]byte
	err   error
}

// add writes an object, in two variants if it differs where kube-apiserver is a unit of systemd.
func (w *chartWriter) add(object, systemd *yaml.Node) {
	file, condition := group(object)
	text, other := w.template(object), w.template(systemd)
	if other != text {
		text = fmt.Sprintf("{{- if .Values.systemd.enabled }}\n%s{{- else }}\n%s{{- end }}\n", other, text)
	}
	w.write(file, condition, text)
}

// addIf writes an object that is there only under a condition.
func (w *chartWriter) addIf(condition string, object *yaml.Node) {
	file, _ := group(object)
	w.write(file, condition, w.template(object))
}

func (w *chartWriter) write(file, condition, text string) {
	text = "---\n" + text
	if condition != "" {
		text = fmt.Sprintf("{{- if %s }}\n%s{{- end }}\n", condition, text)
	}
	name := "templates/" + file + ".yaml"
	w.files[name] = append(w.files[name], text...)
}

func (w *chartWriter) template(object *yaml.Node) string {
	copied, err := clone(object)
	if err == nil {
		t := template{object: copied}
		if err = slots(&t); err == nil {
			var text string
			if text, err = t.text(); err == nil {
				return text
			}
		}
	}
	if w.err == nil {
		w.err = err
	}
	return ""
}

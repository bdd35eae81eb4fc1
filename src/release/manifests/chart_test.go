package main

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"
	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/engine"
)

var testRelease = release{
	repository: "../../..",
	version:    "1.2.3",
	image:      "auditpolicy.dev/operator",
	digest:     "sha256:" + strings.Repeat("0", 64),
}

func TestChartRendersTheObjectsOfInstallYaml(t *testing.T) {
	install, err := testRelease.installManifest()
	if err != nil {
		t.Fatal(err)
	}
	equalObjects(t, byID(t, install), render(t, testChart(t), "kube-system", "namespace: {create: true}\ncrds: {keep: false}"))
}

func TestOnlyTheNamespaceIsMissingByDefault(t *testing.T) {
	complete := render(t, testChart(t), "kube-system", "namespace: {create: true}")
	delete(complete, "Namespace/auditpolicy-system")
	equalObjects(t, complete, render(t, testChart(t), "auditpolicy-system", ""))
}

func TestKeepsTheCRDsOnUninstall(t *testing.T) {
	for name, object := range render(t, testChart(t), "auditpolicy-system", "") {
		annotations, _ := object["metadata"].(map[string]any)["annotations"].(map[string]any)
		kept := annotations["helm.sh/resource-policy"] == "keep"
		if isCRD := strings.HasPrefix(name, "CustomResourceDefinition/"); kept != isCRD {
			t.Errorf("%s: resource-policy keep is %v", name, kept)
		}
	}
}

func TestComponentForSystemd(t *testing.T) {
	stream, err := testRelease.render("base", "../components/systemd")
	if err != nil {
		t.Fatal(err)
	}
	equalObjects(t, byID(t, stream), render(t, testChart(t), "kube-system",
		"systemd: {enabled: true}\nnamespace: {create: true}\ncrds: {keep: false}"))
}

func TestMonitoringIsWhatKustomizeInstalls(t *testing.T) {
	stream, err := testRelease.render("monitoring")
	if err != nil {
		t.Fatal(err)
	}
	with := render(t, testChart(t), "auditpolicy-system",
		"monitoring: {podMonitor: {enabled: true}, prometheusRule: {enabled: true}, dashboard: {enabled: true}}")
	maps.DeleteFunc(with, func(name string, _ map[string]any) bool { return byID(t, stream)[name] == nil })
	equalObjects(t, byID(t, stream), with)
}

func TestComponentForAuthenticatedMetrics(t *testing.T) {
	component := "../components/authenticated-metrics"
	base, err := testRelease.render("base", component)
	if err != nil {
		t.Fatal(err)
	}
	monitoring, err := testRelease.render("monitoring", component)
	if err != nil {
		t.Fatal(err)
	}
	wanted := byID(t, base)
	maps.Copy(wanted, byID(t, monitoring))
	equalObjects(t, wanted, render(t, testChart(t), "kube-system", "metrics: {agent: {authentication: Token}}\n"+
		"namespace: {create: true}\ncrds: {keep: false}\n"+
		"monitoring: {podMonitor: {enabled: true}, prometheusRule: {enabled: true}, dashboard: {enabled: true}}"))
}

func TestAlertLinksAreThoseOfTheComponent(t *testing.T) {
	stream, err := testRelease.render("monitoring", "../components/alert-links")
	if err != nil {
		t.Fatal(err)
	}
	rule := "PrometheusRule/auditpolicy"
	with := render(t, testChart(t), "auditpolicy-system", "monitoring: {prometheusRule: {enabled: true},"+
		"runbookUrl: 'https://git.example.com/platform/auditpolicy-operator/docs/runbook.md',"+
		"dashboardUrl: 'https://grafana.example.com/d/auditpolicy'}")
	equalObjects(t, map[string]map[string]any{rule: byID(t, stream)[rule]}, map[string]map[string]any{rule: with[rule]})
}

// Each value changes what its row says.
func TestValues(t *testing.T) {
	for values, wanted := range map[string]string{
		"image: {repository: r.example.com/a, tag: x, digest: ''}":                              "image: r.example.com/a:x\n",
		"image: {repository: r.example.com/a}":                                                  "image: r.example.com/a:1.2.3@sha256:000",
		"image: {pullPolicy: Always}":                                                           "imagePullPolicy: Always",
		"imagePullSecrets: [{name: s}]":                                                         "imagePullSecrets:\n        - name: s\n",
		"controller: {nodeSelector: {zone: a}}":                                                 "nodeSelector:\n        zone: a\n",
		"agent: {nodeSelector: {zone: a}}":                                                      "nodeSelector:\n        node-role.kubernetes.io/control-plane: \"\"\n        zone: a\n",
		"agent: {tolerations: [{key: k}]}":                                                      "tolerations:\n        - key: k\n",
		"controller: {resources: {limits: {memory: 300Mi}}}":                                    "memory: 300Mi",
		"agent: {javaOptions: -Xmx64m}":                                                         "value: -Xmx64m\n",
		"networkPolicy: {from: [{podSelector: {}}]}":                                            "from:\n      - podSelector: {}\n",
		"logLevel: DEBUG":                                                                       "value: DEBUG\n",
		"metrics: {agent: {bindAddress: ':9100'}}":                                              "port: 9100\n",
		"{metrics: {agent: {bindAddress: ':9100'}}, monitoring: {podMonitor: {enabled: true}}}": "replacement: ${1}:9100",
		"monitoring: {labels: {a: b}, podMonitor: {enabled: true}}":                             "labels:\n    a: b\n",
	} {
		if text := renderText(t, testChart(t), "auditpolicy-system", values); !strings.Contains(text, wanted) {
			t.Errorf("%s does not lead to %q", values, wanted)
		}
	}
}

func TestNoProbeWithoutTheServerOfTheAgent(t *testing.T) {
	agent := render(t, testChart(t), "auditpolicy-system", "metrics: {agent: {bindAddress: '0'}}")["DaemonSet/agent"]
	written, _ := yaml.Marshal(agent)
	if strings.Contains(string(written), "readinessProbe") || !strings.Contains(string(written), "value: \"0\"") {
		t.Errorf("got:\n%s", written)
	}
}

func TestNoNetworkPolicy(t *testing.T) {
	objects := render(t, testChart(t), "auditpolicy-system", "networkPolicy: {enabled: false}")
	if objects["NetworkPolicy/controller"] != nil || objects["Deployment/controller"] == nil {
		t.Error("NetworkPolicy/controller is there, or Deployment/controller is not")
	}
}

func TestNoCRDs(t *testing.T) {
	for name := range render(t, testChart(t), "auditpolicy-system", "crds: {enabled: false}") {
		if strings.HasPrefix(name, "CustomResourceDefinition/") {
			t.Errorf("has %s", name)
		}
	}
}

func TestRefusesWhatCannotWork(t *testing.T) {
	for values, namespace := range map[string]string{
		"imge: {tag: x}":                            "auditpolicy-system",
		"controller: {resource: {}}":                "auditpolicy-system",
		"image: {digest: sha256:12}":                "auditpolicy-system",
		"logLevel: info":                            "auditpolicy-system",
		"metrics: {agent: {bindAddress: x}}":        "auditpolicy-system",
		"networkPolicy: {form: []}":                 "auditpolicy-system",
		"monitoring: {runbookUrl: /docs}":           "auditpolicy-system",
		"metrics: {agent: {authentication: token}}": "auditpolicy-system",
		"namespace: {create: true}":                 "auditpolicy-system",
		"crds: {keep: true}":                        "default",
	} {
		if _, err := try(testChart(t), namespace, values); err == nil {
			t.Errorf("%s in %s is accepted", values, namespace)
		}
	}
}

// generated is the chart, which all tests only read.
var generated = sync.OnceValues(func() (*chart.Chart, error) {
	directory, err := os.MkdirTemp("", "chart-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(directory) }()
	if err := testRelease.write(directory); err != nil {
		return nil, err
	}
	return loader.Load(filepath.Join(directory, "chart", chartName))
})

func testChart(t *testing.T) *chart.Chart {
	t.Helper()
	loaded, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func try(c *chart.Chart, namespace, values string) (string, error) {
	var parsed map[string]any
	if err := yaml.Unmarshal([]byte(values), &parsed); err != nil {
		return "", err
	}
	options := common.ReleaseOptions{Name: "auditpolicy", Namespace: namespace, Revision: 1, IsInstall: true}
	all, err := util.ToRenderValues(c, parsed, options, nil)
	if err != nil {
		return "", err
	}
	files, err := engine.Render(c, all)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, ".yaml") {
			text.WriteString("---\n" + files[name] + "\n")
		}
	}
	return text.String(), nil
}

func renderText(t *testing.T, c *chart.Chart, namespace, values string) string {
	t.Helper()
	text, err := try(c, namespace, values)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func render(t *testing.T, c *chart.Chart, namespace, values string) map[string]map[string]any {
	t.Helper()
	return byID(t, []byte(renderText(t, c, namespace, values)))
}

func byID(t *testing.T, stream []byte) map[string]map[string]any {
	t.Helper()
	objects := map[string]map[string]any{}
	decoder := yaml.NewDecoder(bytes.NewReader(stream))
	for {
		var object map[string]any
		if err := decoder.Decode(&object); errors.Is(err, io.EOF) {
			return objects
		} else if err != nil {
			t.Fatal(err)
		}
		if object == nil {
			continue
		}
		metadata := object["metadata"].(map[string]any)
		name := object["kind"].(string) + "/" + metadata["name"].(string)
		if namespace, ok := metadata["namespace"].(string); ok && namespace != "auditpolicy-system" {
			name += " in " + namespace
		}
		objects[name] = object
	}
}

func equalObjects(t *testing.T, wanted, got map[string]map[string]any) {
	t.Helper()
	if len(wanted) == 0 {
		t.Fatal("nothing to compare with")
	}
	for name := range got {
		if wanted[name] == nil {
			t.Errorf("%s is one too many", name)
		}
	}
	for name, object := range wanted {
		if !reflect.DeepEqual(object, got[name]) {
			a, _ := yaml.Marshal(object)
			b, _ := yaml.Marshal(got[name])
			t.Errorf("%s differs; wanted:\n%s\ngot:\n%s", name, a, b)
		}
	}
}

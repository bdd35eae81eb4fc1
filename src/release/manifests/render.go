package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// release is what the manifests of a release depend on, besides the sources.
type release struct {
	repository string
	version    string
	image      string
	digest     string
}

// overlay sets what deploy/base leaves to a release. The version is no part of a selector, which an upgrade could not change.
func (r release) overlay(resource string, components ...string) map[string]any {
	return map[string]any{
		"apiVersion": "kustomize.config.k8s.io/v1beta1",
		"kind":       "Kustomization",
		"resources":  []string{resource},
		"components": components,
		"images": []map[string]string{{
			"name": "auditpolicy.dev/operator", "newName": r.image, "newTag": r.version, "digest": r.digest,
		}},
		"labels": []map[string]any{{
			"pairs": map[string]string{"app.kubernetes.io/version": r.version}, "includeTemplates": true,
		}},
	}
}

// render returns the YAML of deploy/RESOURCE with these components.
func (r release) render(resource string, components ...string) ([]byte, error) {
	// Kustomize takes relative paths only.
	directory, err := os.MkdirTemp(filepath.Join(r.repository, "deploy"), ".release-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(directory) }()
	overlay, err := yaml.Marshal(r.overlay(filepath.Join("..", resource), components...))
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(directory, "kustomization.yaml"), overlay, 0o644); err != nil {
		return nil, err
	}
	objects, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), directory)
	if err != nil {
		return nil, fmt.Errorf("render deploy/%s: %w", resource, err)
	}
	return objects.AsYaml()
}

func (r release) installManifest() ([]byte, error) {
	objects, err := r.render("base")
	if err != nil {
		return nil, err
	}
	header := fmt.Sprintf("# Audit policy operator %s: kubectl apply -f install.yaml\n"+
		"# Image: %s:%s@%s\n---\n", r.version, r.image, r.version, r.digest)
	return append([]byte(header), objects...), nil
}

// parse splits a YAML stream into its documents.
func parse(stream []byte) ([]*yaml.Node, error) {
	var documents []*yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(stream))
	for {
		var document yaml.Node
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return documents, nil
		} else if err != nil {
			return nil, err
		}
		documents = append(documents, document.Content[0])
	}
}

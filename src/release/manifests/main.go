// Command manifests writes install.yaml and the Helm chart of a release from the same rendering of deploy/.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	var r release
	flag.StringVar(&r.repository, "repository", ".", "directory of the sources")
	flag.StringVar(&r.version, "version", "", "version of the release")
	flag.StringVar(&r.image, "image", "auditpolicy.dev/operator", "name of the image")
	flag.StringVar(&r.digest, "digest", "", "digest of the image")
	output := flag.String("output", "", "directory for install.yaml and chart/auditpolicy-operator")
	flag.Parse()
	if r.version == "" || r.digest == "" || *output == "" {
		fmt.Fprintln(os.Stderr, "manifests: -version, -digest and -output are required")
		os.Exit(2)
	}
	if err := r.write(*output); err != nil {
		fmt.Fprintln(os.Stderr, "manifests:", err)
		os.Exit(1)
	}
}

func (r release) write(directory string) error {
	install, err := r.installManifest()
	if err != nil {
		return err
	}
	files, err := r.chart()
	if err != nil {
		return err
	}
	files["../../install.yaml"] = install
	for name, content := range files {
		path := filepath.Join(directory, "chart", chartName, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Command sbom writes a CycloneDX SBOM of the base image: its Debian packages and its Java runtime.
package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

func main() {
	root := flag.String("rootfs", "", "directory with the unpacked base image")
	version := flag.String("version", "", "version of the release")
	time := flag.String("time", "", "time of the SBOM, as in 2026-01-01T00:00:00Z")
	flag.Parse()
	if err := write(*root, *version, *time); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func write(root, version, time string) error {
	components, err := packages(root)
	if err != nil {
		return err
	}
	java, err := runtime(root)
	if err != nil {
		return err
	}
	components = append(components, java)
	bom := cdx.NewBOM()
	bom.SpecVersion = cdx.SpecVersion1_6
	bom.Metadata = &cdx.Metadata{
		Timestamp: time,
		Component: &cdx.Component{
			BOMRef: "base", Type: cdx.ComponentTypeContainer, Name: "auditpolicy.dev/base", Version: version,
		},
	}
	bom.Components = &components
	bom.SerialNumber = serialNumber(components)
	encoder := cdx.NewBOMEncoder(os.Stdout, cdx.BOMFileFormatJSON)
	encoder.SetPretty(true)
	return encoder.EncodeVersion(bom, cdx.SpecVersion1_6)
}

// packages reads the metadata that src/image/base keeps for scanners.
func packages(root string) ([]cdx.Component, error) {
	files, err := filepath.Glob(filepath.Join(root, "var/lib/dpkg/status.d/*"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s has no var/lib/dpkg/status.d: unpack it with src/image/base --rootfs", root)
	}
	release, err := fields(filepath.Join(root, "etc/os-release"), "=")
	if err != nil {
		return nil, err
	}
	var components []cdx.Component
	for _, file := range files {
		field, err := fields(file, ":")
		if err != nil {
			return nil, err
		}
		url := fmt.Sprintf("pkg:deb/debian/%s@%s?arch=%s&distro=debian-%s", field["Package"],
			strings.ReplaceAll(field["Version"], "+", "%2B"), field["Architecture"], release["VERSION_ID"])
		components = append(components, cdx.Component{
			BOMRef: url, Type: cdx.ComponentTypeLibrary, Name: field["Package"], Version: field["Version"], PackageURL: url,
			Supplier: &cdx.OrganizationalEntity{Name: field["Maintainer"]},
		})
	}
	return components, nil
}

func runtime(root string) (cdx.Component, error) {
	release, err := fields(filepath.Join(root, "opt/java/release"), "=")
	if err != nil {
		return cdx.Component{}, err
	}
	version := release["JAVA_RUNTIME_VERSION"]
	if version == "" {
		version = release["JAVA_VERSION"]
	}
	url := "pkg:generic/openjdk@" + strings.ReplaceAll(version, "+", "%2B")
	return cdx.Component{
		BOMRef: url, Type: cdx.ComponentTypePlatform, Name: "OpenJDK runtime", Version: version, PackageURL: url,
		Description: "Modules: " + release["MODULES"],
		Licenses:    &cdx.Licenses{{Expression: "GPL-2.0-only WITH Classpath-exception-2.0"}},
	}, nil
}

// fields reads lines such as "Version: 1" or VERSION="1"; further lines of a field begin with a space.
func fields(path, separator string) (map[string]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	values := map[string]string{}
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		name, value, found := strings.Cut(scanner.Text(), separator)
		if found && !strings.HasPrefix(name, " ") {
			values[name] = strings.Trim(value, " \"")
		}
	}
	return values, scanner.Err()
}

// serialNumber is a version 8 UUID of the contents: the same for the same components.
func serialNumber(components []cdx.Component) string {
	hash := sha256.New()
	for _, component := range components {
		hash.Write([]byte(component.BOMRef + "\n"))
	}
	sum := hash.Sum(nil)[:16]
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	text := hex.EncodeToString(sum)
	return strings.Join([]string{"urn:uuid:" + text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

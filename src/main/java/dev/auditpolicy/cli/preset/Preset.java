package dev.auditpolicy.cli.preset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An AuditPolicy whose comments say which item of a norm asks for each rule and setting. */
public enum Preset {
    /** Everything as metadata, without probes and heartbeats. */
    MINIMAL,
    /** In addition, bodies of changes of access and admission. */
    RECOMMENDED,
    /** CIS Kubernetes Benchmark. */
    CIS,
    /** DISA Kubernetes STIG. */
    STIG,
    /** NSA and CISA Kubernetes Hardening Guide. */
    NSA,
    /** PCI DSS, requirement 10. */
    PCI;

    /** The AuditPolicy as YAML. */
    public String text() {
        String name = name().toLowerCase(Locale.ROOT) + ".yaml";
        try (InputStream stream = Preset.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the class path does not contain " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}

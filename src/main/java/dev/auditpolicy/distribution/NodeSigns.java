package dev.auditpolicy.distribution;

import java.util.Set;

/**
 * What a Node object shows, where no agent can.
 *
 * @param kubeletVersion such as v1.35.4+rke2r1
 * @param operatingSystem the name of the image, such as Talos (v1.12.0)
 * @param labels the names of its labels
 */
public record NodeSigns(String kubeletVersion, String operatingSystem, Set<String> labels) {

    public NodeSigns {
        labels = Set.copyOf(labels);
    }
}

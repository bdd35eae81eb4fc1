package dev.auditpolicy.distribution;

import java.util.Set;

/**
 * What a node shows.
 *
 * @param paths those of {@link Distribution#PATHS} that exist
 * @param programs the names of the programs that run
 * @param operatingSystem the ID in /etc/os-release; may be empty
 * @param hasManifest whether it has the manifest that kubeadm writes
 */
public record HostSigns(Set<String> paths, Set<String> programs, String operatingSystem, boolean hasManifest) {

    public HostSigns {
        paths = Set.copyOf(paths);
        programs = Set.copyOf(programs);
    }
}

package dev.auditpolicy.host.survey;

import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at a node without changing anything. A port, so that tests can simulate a node. */
public interface HostSurvey {

    /** The regular file at {@code path} as {@code process} sees it. Empty if there is none, or it is huge. */
    Optional<SeenFile> file(ApiServerProcess process, String path) throws IOException;

    /**
     * Where {@code path} of {@code process} lies on the node. Empty if it is in no mount of the node: it then exists only in the
     * container.
     */
    Optional<String> hostPath(ApiServerProcess process, String path) throws IOException;

    /** The files of a directory from which kubelet makes static pods: all but those with a leading dot, by name. */
    List<ManifestFile> manifests(String directory) throws IOException;

    /** Those of the {@code paths} that exist on the node. */
    Set<String> existing(Collection<String> paths) throws IOException;

    /** The names of the programs that run on the node, without their directories. */
    Set<String> programs() throws IOException;

    /** The ID of the operating system in {@code /etc/os-release}, such as debian or talos; empty if there is none. */
    Optional<String> operatingSystem() throws IOException;
}

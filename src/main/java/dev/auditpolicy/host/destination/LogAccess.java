package dev.auditpolicy.host.destination;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether kube-apiserver may write its log if it does not run as root. The directory is mounted into its container, so the
 * directories above it do not matter.
 *
 * @param user of kube-apiserver
 * @param onHost the path of a file of the node as the agent sees it
 */
record LogAccess(ProcessUser user, Function<String, Path> onHost) {

    /** kubelet creates a missing directory for root. */
    Optional<String> missingDirectory(String path) {
        return user.isRoot()
                ? Optional.empty()
                : Optional.of(path + " does not exist, kubelet would create it for root, and kube-apiserver runs as "
                        + user + ": create it with mkdir -p " + path + " && " + give(path, "0700"));
    }

    Optional<String> directory(String path) throws IOException {
        return may(ProcessUser.READ + ProcessUser.WRITE + ProcessUser.SEARCH, path)
                ? Optional.empty()
                : Optional.of(obstacle("create files in", path, "0700"));
    }

    Optional<String> file(String path) throws IOException {
        return may(ProcessUser.READ + ProcessUser.WRITE, path)
                ? Optional.empty()
                : Optional.of(obstacle("write", path, "0600"));
    }

    private boolean may(int access, String path) throws IOException {
        var found = Files.readAttributes(onHost.apply(path), "unix:uid,gid,mode", NOFOLLOW_LINKS);
        return user.may(access, (int) requireNonNull(found.get("uid")), (int) requireNonNull(found.get("gid")), (int)
                requireNonNull(found.get("mode")));
    }

    private String obstacle(String what, String path, String mode) {
        return "kube-apiserver runs as " + user + ", who may not " + what + " " + path + ": change that with "
                + give(path, mode) + ", or choose another log.path";
    }

    private String give(String path, String mode) {
        return "chown " + user.uid() + ":" + user.gid() + " " + path + " && chmod " + mode + " " + path;
    }
}

package dev.auditpolicy.agent.plan;

import dev.auditpolicy.journal.FileImage;
import java.util.Optional;

/**
 * What becomes of a file.
 *
 * @param image its content; empty if it is deleted
 */
public record FileChange(Optional<FileImage> image) {

    static FileChange write(FileImage image) {
        return new FileChange(Optional.of(image));
    }

    static FileChange delete() {
        return new FileChange(Optional.empty());
    }
}

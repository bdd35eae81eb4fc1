package dev.auditpolicy.host.file;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import java.io.IOException;

/** The {@link Journal} as a durable file of the node. */
public final class JournalFile {

    /** The path on every node. */
    public static final String PATH = "/var/lib/auditpolicy/journal.json";

    /** The longest message of an outcome is 4 kB, and the journal records it twice. */
    private static final int OUTCOME_BYTES = 16 * 1024;

    private static final ObjectReader READER = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .readerFor(Journal.class);
    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    private final NodeFiles files;
    private final String path;

    public JournalFile(NodeFiles files, String path) {
        this.files = files;
        this.path = path;
    }

    /** The journal on disk, or an empty journal if there is none. */
    public Journal read() throws IOException {
        var image = files.read(path);
        return image.isPresent() ? READER.readValue(image.get().text()) : Journal.empty();
    }

    /**
     * Writes {@code journal} to a temporary file and deletes it.
     *
     * @throws IOException if {@link #write} would fail, because the disk is full or read-only
     */
    public void tryWrite(Journal journal) throws IOException {
        files.tryWrite(path, FileImage.rootOnly(WRITER.writeValueAsString(journal)));
    }

    /** Returns when {@code journal} is durable. On a full disk it uses the space from {@link #reserveSpace}. */
    public void write(Journal journal) throws IOException {
        var next = FileImage.rootOnly(WRITER.writeValueAsString(journal) + "\n");
        try {
            files.replace(path, files.read(path), next);
        } catch (IOException failure) {
            if (!files.releaseSpace(path)) {
                throw failure;
            }
            files.replace(path, files.read(path), next);
        }
    }

    /** Reserves space for a journal that is somewhat larger than {@code journal}: with the outcome of its turn. */
    public void reserveSpace(Journal journal) throws IOException {
        files.reserveSpace(path, WRITER.writeValueAsString(journal).length() + OUTCOME_BYTES);
    }

    public void releaseSpace() throws IOException {
        files.releaseSpace(path);
    }
}

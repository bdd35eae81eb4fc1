package dev.auditpolicy.event;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import java.util.List;

/**
 * The fields of one audit event, as ranges of the bytes of its line. Mutable: {@link EventParser} fills the same object for
 * each line, and it is valid only until the next one.
 */
public final class AuditEvent {

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int lineStart;
    private int lineEnd;
    private Level level = Level.NONE;
    private Stage stage = Stage.RESPONSE_COMPLETE;
    private boolean hasObjectRef;
    private boolean impersonated;
    private int statusCode;
    private final Span levelName = new Span();
    private final Span stageName = new Span();
    private final Span requestUri = new Span();
    private final Span verb = new Span();
    private final Span username = new Span();
    private final Span groups = new Span();
    private final Span userAgent = new Span();
    private final Span requestObject = new Span();
    private final Span responseObject = new Span();
    private final Span annotations = new Span();
    private final Span requestReceivedTimestamp = new Span();
    private final Span stageTimestamp = new Span();

    void reset(byte[] block, int from) {
        bytes = block;
        lineStart = from;
        lineEnd = from;
        hasObjectRef = false;
        impersonated = false;
        statusCode = 0;
        levelName.clear();
        stageName.clear();
        requestUri.clear();
        verb.clear();
        username.clear();
        groups.clear();
        userAgent.clear();
        requestObject.clear();
        responseObject.clear();
        annotations.clear();
        requestReceivedTimestamp.clear();
        stageTimestamp.clear();
    }

    void setLineEnd(int value) {
        lineEnd = value;
    }

    void setLevel(Level value) {
        level = value;
    }

    void setStage(Stage value) {
        stage = value;
    }

    void setStatusCode(int value) {
        statusCode = value;
    }

    void setImpersonated(boolean value) {
        impersonated = value;
    }

    void setHasObjectRef(boolean value) {
        hasObjectRef = value;
    }

    Span levelName() {
        return levelName;
    }

    Span stageName() {
        return stageName;
    }

    /** The block that contains the line. Not a copy. */
    @SuppressWarnings("EI_EXPOSE_REP")
    public byte[] bytes() {
        return bytes;
    }

    /** The offset of the line feed. */
    public int lineEnd() {
        return lineEnd;
    }

    /** The length of the line with its line feed. */
    public int length() {
        return lineEnd - lineStart + 1;
    }

    /** The level at which it was recorded. */
    public Level level() {
        return level;
    }

    /** The stage. */
    public Stage stage() {
        return stage;
    }

    /** Whether kube-apiserver took it for a request for a resource. */
    public boolean hasObjectRef() {
        return hasObjectRef;
    }

    /** Whether the user acted as another one. */
    public boolean isImpersonated() {
        return impersonated;
    }

    /** The HTTP status; 0 if there is none yet. */
    public int statusCode() {
        return statusCode;
    }

    /** The content of the string; escaped as in JSON. */
    public Span requestUri() {
        return requestUri;
    }

    /** The Kubernetes verb, or the HTTP method in lower case. */
    public Span verb() {
        return verb;
    }

    /** The name of the authenticated user, before impersonation; absent if authentication failed. */
    public Span username() {
        return username;
    }

    /** The array of the user's groups, with its brackets. */
    public Span groups() {
        return groups;
    }

    /** The content of the string. */
    public Span userAgent() {
        return userAgent;
    }

    /** The body of the request, from the comma before its key. */
    public Span requestObject() {
        return requestObject;
    }

    /** The body of the response, from the comma before its key. */
    public Span responseObject() {
        return responseObject;
    }

    /** The object of the annotations, with its braces. */
    public Span annotations() {
        return annotations;
    }

    /** When kube-apiserver received the request. */
    public Span requestReceivedTimestamp() {
        return requestReceivedTimestamp;
    }

    /** When the request reached the stage. */
    public Span stageTimestamp() {
        return stageTimestamp;
    }

    /** A string that a range contains, decoded; empty if absent. */
    public String text(Span span) {
        return JsonText.decode(bytes, span.from(), Math.max(span.from(), span.to()));
    }

    /** The strings of an array that a range contains, decoded; empty if absent. */
    public List<String> texts(Span span) {
        return span.isPresent() ? JsonText.strings(bytes, span.from(), span.to()) : List.of();
    }
}

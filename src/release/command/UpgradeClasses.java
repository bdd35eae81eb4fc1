import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * usage: java UpgradeClasses.java JAR UPGRADED
 *
 * <p>Copies a jar with its classes in the format of Java 25. A class data archive takes no classes of Java 5, which picocli has, since
 * their verification needs more than a class file of that time contains.
 */
void main(String... arguments) throws IOException {
    var jar = Path.of(arguments[0]);
    var time = LocalDateTime.of(2026, 1, 1, 0, 0);
    try (var input = new ZipFile(jar.toFile());
            var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
            var output = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
        var classFile = ClassFile.of(
                ConstantPoolSharingOption.NEW_POOL,
                ClassHierarchyResolverOption.of(ClassHierarchyResolver.defaultResolver()
                        .orElse(ClassHierarchyResolver.ofResourceParsing(loader).cached())));
        for (var entry : Collections.list(input.entries())) {
            var bytes = input.getInputStream(entry).readAllBytes();
            var copy = new ZipEntry(entry.getName());
            copy.setTimeLocal(time);
            output.putNextEntry(copy);
            output.write(
                    entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")
                            ? upgraded(classFile, bytes)
                            : bytes);
        }
    }
}

/** Writes each instruction anew, and with them the stack maps that the format requires. */
byte[] upgraded(ClassFile classFile, byte[] bytes) {
    ClassTransform version = (builder, element) -> {
        if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_25_VERSION, 0);
        } else {
            builder.with(element);
        }
    };
    return classFile.transformClass(
            classFile.parse(bytes), version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
}

// SPDX-License-Identifier: Apache-2.0
package io.reloader;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Loads everything of reloader but the entry classes, from {@code inst/*.classdata} of the agent's jar, where no other
 * loader looks: the application's classes never meet ours, nor ours the application's.
 */
public final class AgentLoader extends ClassLoader implements Runnable, Closeable {
    static {
        registerAsParallelCapable();
    }

    private static final String ROOT = "inst/";
    private static final String SUFFIX = ".classdata";

    private final File file;
    private final JarFile jar;

    private final ProtectionDomain domain = AgentLoader.class.getProtectionDomain();

    AgentLoader(File file, ClassLoader parent) throws IOException {
        super("reloader", parent);
        this.file = file;
        this.jar = new JarFile(file, false);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = open(name.replace('.', '/') + SUFFIX)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length, domain);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /**
     * Loads now what a reload or a stop will need, so that both still work once the jar has been overwritten in place.
     * Off the start-up path.
     */
    @Override
    public void run() {
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            String entry = entries.nextElement().getName();
            if (entry.endsWith(SUFFIX) && neededLater(entry)) {
                load(entry.substring(ROOT.length(), entry.length() - SUFFIX.length()));
            }
        }
    }

    boolean isOf(String version) throws IOException {
        return version == null
                || version.equals(jar.getManifest().getMainAttributes().getValue(Name.IMPLEMENTATION_VERSION));
    }

    /** Nothing is loaded from here on; what was loaded goes on. */
    @Override
    public void close() throws IOException {
        jar.close();
    }

    private static boolean neededLater(String entry) {
        return entry.startsWith("inst/org/objectweb/asm/")
                || (entry.startsWith("inst/io/reloader/")
                        && !entry.startsWith("inst/io/reloader/cli/")
                        // It needs classes of the JDK that few applications load; without it all else works.
                        && !entry.startsWith("inst/io/reloader/jmx/")
                        // What weaves is loaded apart; the rest of it is there.
                        && !entry.startsWith("inst/io/reloader/weave/"));
    }

    private void load(String name) {
        try {
            loadClass(name.replace('/', '.'));
        } catch (ClassNotFoundException | LinkageError e) {
            // Whoever needs it says so.
            return;
        }
    }

    /**
     * Reads straight from the jar: a {@code jar:} URL would open the file once more and keep it open in a cache. Byte
     * Buddy asks for advice by the name that class files have elsewhere.
     */
    @Override
    public InputStream getResourceAsStream(String name) {
        try {
            InputStream in = open(name.endsWith(".class") ? name + "data" : name);
            return in != null ? in : super.getResourceAsStream(name);
        } catch (IOException e) {
            return null;
        }
    }

    private InputStream open(String name) throws IOException {
        ZipEntry entry = jar.getEntry(ROOT + name);
        return entry == null ? null : jar.getInputStream(entry);
    }

    @Override
    protected URL findResource(String name) {
        if (jar.getEntry(ROOT + name) == null) {
            return null;
        }
        try {
            return new URL("jar:" + file.toURI() + "!/" + ROOT + name);
        } catch (MalformedURLException e) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL url = findResource(name);
        return url == null ? Collections.emptyEnumeration() : Collections.enumeration(Collections.singleton(url));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;

/** An application that takes a signal for itself when told to ({@code take USR1}), as Kafka and JRuby do. */
public final class TakesSignalsApp {
    private TakesSignalsApp() {}

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        int count = 0;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String name = line.substring("take ".length());
            take(name);
            System.out.println("took " + name + " " + ++count);
        }
    }

    /** By reflection: javac warns of sun.misc.Signal and cannot be told not to here. */
    private static void take(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ours = Proxy.newProxyInstance(
                TakesSignalsApp.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    System.out.println("application got " + name);
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    }
}

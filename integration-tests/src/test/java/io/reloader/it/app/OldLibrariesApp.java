// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Function;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.concurrent.Callable;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** An application that carries its own Byte Buddy, ASM and jffi, older than the agent's, and uses them. */
public final class OldLibrariesApp {
    private OldLibrariesApp() {}

    public static void main(String[] args) throws Exception {
        System.out.println("byte-buddy " + origin(ByteBuddy.class) + " says " + generated());
        System.out.println("asm " + origin(Opcodes.class) + " reads "
                + new ClassReader(OldLibrariesApp.class.getName()).getClassName());
        Function getpid = new Function(
                Library.getDefault().getSymbolAddress("getpid"),
                CallContext.getCallContext(Type.SINT, new Type[0], CallingConvention.DEFAULT, false));
        boolean right = Invoker.getInstance().invokeI0(getpid.getCallContext(), getpid.getFunctionAddress())
                == ProcessHandle.current().pid();
        System.out.println("jffi " + origin(Invoker.class) + " calls " + right);
        System.out.println("ready");
        System.in.read();
    }

    private static Object generated() throws Exception {
        return new ByteBuddy()
                .subclass(Object.class)
                .implement(Callable.class)
                .method(ElementMatchers.named("call"))
                .intercept(FixedValue.value("hello"))
                .make()
                .load(OldLibrariesApp.class.getClassLoader())
                .getLoaded()
                .asSubclass(Callable.class)
                .getDeclaredConstructor()
                .newInstance()
                .call();
    }

    private static String origin(Class<?> type) {
        String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

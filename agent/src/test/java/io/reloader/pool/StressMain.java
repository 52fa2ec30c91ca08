package io.reloader.pool;
import java.util.concurrent.atomic.AtomicLong;
final class StressMain { public static void main(String[] a) throws Exception {
  PoolStress stress = new PoolStress(Long.parseLong(a[0])); AtomicLong rolled=new AtomicLong();
  long t0=System.nanoTime();
  try (RollingJvm jvm = new RollingJvm()) { System.out.println("install ms "+(System.nanoTime()-t0)/1000000);
    Thread roller = new Thread(() -> rolled.set(jvm.rollOnAndOn()), "roller"); roller.start(); stress.all(); roller.interrupt(); roller.join(); }
  stress.facts().forEach(System.out::println); System.out.println("rolled "+rolled); stress.violations().forEach(v->System.out.println("VIOLATION "+v)); System.exit(0);
}}

//! How long the engine's stages take, by `cargo bench -p netpol-bench`. `cargo xtask bench` puts the
//! results into `docs/benchmarks.md`.

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{
    BatchSize, BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main,
};
use netpol_bench::shape::{Form, SHAPES};
use netpol_bench::stage;

fn group<'a>(criterion: &'a mut Criterion, stage: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(stage);
    // The largest inputs take a second, and what matters are factors, not percents.
    group.sample_size(10);
    group.warm_up_time(Duration::from_millis(300));
    group.measurement_time(Duration::from_secs(2));
    group
}

fn stages(criterion: &mut Criterion) {
    for form in Form::ALL {
        let mut group = group(criterion, &format!("read-{}", form.name()));
        for shape in SHAPES {
            let text = shape.text(form);
            group.bench_with_input(
                BenchmarkId::from_parameter(shape.name),
                &text,
                |bench, text| {
                    bench.iter_with_large_drop(|| stage::read(black_box(text)));
                },
            );
        }
    }
    let mut analyse = group(criterion, "analyse");
    for shape in SHAPES {
        let text = shape.text(Form::Yaml);
        analyse.bench_with_input(BenchmarkId::from_parameter(shape.name), &text, |bench, text| {
            bench.iter_with_large_drop(|| stage::analyse(black_box(text)));
        });
    }
    analyse.finish();
    let mut resolve = group(criterion, "resolve");
    for shape in SHAPES {
        let text = shape.text(Form::Yaml);
        resolve.bench_with_input(BenchmarkId::from_parameter(shape.name), &text, |bench, text| {
            bench.iter_batched(|| stage::read(text), stage::resolve, BatchSize::PerIteration);
        });
    }
    resolve.finish();
    let mut judge = group(criterion, "judge");
    for shape in SHAPES {
        let world = stage::resolve(stage::read(&shape.text(Form::Yaml)));
        judge.bench_with_input(BenchmarkId::from_parameter(shape.name), &world, |bench, world| {
            bench.iter_with_large_drop(|| stage::judge(black_box(world)));
        });
    }
}

fn explanations(criterion: &mut Criterion) {
    let mut group = group(criterion, "explain");
    for shape in SHAPES {
        let analysis = stage::analyse(&shape.text(Form::Yaml));
        let mut questions = stage::questions(&analysis).into_iter().cycle();
        group.bench_function(BenchmarkId::from_parameter(shape.name), |bench| {
            bench.iter_batched(
                || questions.next(),
                |question| question.map(|question| analysis.explain(&question)),
                BatchSize::SmallInput,
            );
        });
    }
}

criterion_group!(benches, stages, explanations);
criterion_main!(benches);

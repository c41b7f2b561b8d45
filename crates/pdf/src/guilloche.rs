//! The guilloches: computed curves, in millimetres, as runs of Bézier segments.

use std::f64::consts::TAU;

use crate::page::arrondi;

/// A point and the speed of the curve there.
type Knot = ((f64, f64), (f64, f64));

/// A smooth curve; y goes down the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Curve {
    /// Where it starts.
    pub(crate) start: [f32; 2],
    /// Two controls and the end of each segment.
    pub(crate) segments: Vec<[f32; 6]>,
}

/// A curve through `at(t)` for t from 0 to 1, in `count` segments.
fn curve(count: u16, at: impl Fn(f64) -> Knot) -> Curve {
    let step = 1.0 / f64::from(count);
    let round = |v: f64| arrondi(v as f32);
    let mut before = at(0.0);
    let start = [round(before.0.0), round(before.0.1)];
    let segments = (1..=count).map(|i| {
        let (p, v) = before;
        let (q, w) = at(f64::from(i) * step);
        before = (q, w);
        let third = step / 3.0;
        [p.0 + v.0 * third, p.1 + v.1 * third, q.0 - w.0 * third, q.1 - w.1 * third, q.0, q.1].map(round)
    });
    Curve { start, segments: segments.collect() }
}

/// A closed curve around the origin: `radius` gives r and dr/dθ at θ.
fn around(count: u16, radius: impl Fn(f64) -> (f64, f64)) -> Curve {
    curve(count, |t| {
        let angle = t * TAU;
        let (r, dr) = radius(angle);
        let (sin, cos) = angle.sin_cos();
        ((r * cos, r * sin), ((dr * cos - r * sin) * TAU, (dr * sin + r * cos) * TAU))
    })
}

/// A petal wheel of the rosette: r = 30.2 + (`depth` + `swell` cos 12θ)(1 + cos `petals` θ)/2.
pub(crate) fn rosette(depth: f64, swell: f64, petals: u16) -> Curve {
    let k = f64::from(petals);
    around(petals * 8, |angle| {
        let reach = depth + swell * (12.0 * angle).cos();
        let reach_slope = -12.0 * swell * (12.0 * angle).sin();
        let wave = (1.0 + (k * angle).cos()) / 2.0;
        let wave_slope = -k * (k * angle).sin() / 2.0;
        (30.2 + reach * wave, reach_slope * wave + reach * wave_slope)
    })
}

/// One strand of the braid: a sine of `waves` waves around a circle.
pub(crate) fn braid(radius: f64, amplitude: f64, waves: u16) -> Curve {
    let k = f64::from(waves);
    around(waves * 4, |angle| (radius + amplitude * (k * angle).sin(), amplitude * k * (k * angle).cos()))
}

/// Amplitude of the sines of the frame.
const AMPLITUDE: f64 = 2.3;
/// How many sines run along it, evenly out of step.
const STRANDS: u16 = 6;

/// One whole wave of the six sines, along x from 0 to `length`.
pub(crate) fn wave(length: f64) -> Vec<Curve> {
    (0..STRANDS)
        .map(|strand| {
            let phase = f64::from(strand) / f64::from(STRANDS);
            curve(6, |t| {
                let angle = (t + phase) * TAU;
                ((t * length, AMPLITUDE * angle.sin()), (length, AMPLITUDE * TAU * angle.cos()))
            })
        })
        .collect()
}

/// The six sines along a quarter of circle around the origin, from its top clockwise to its right.
/// It takes eight sixths of a wave, so that the strands meet those of the sides.
pub(crate) fn corner(radius: f64) -> Vec<Curve> {
    let waves = 8.0 / f64::from(STRANDS);
    (0..STRANDS)
        .map(|strand| {
            let phase = f64::from(strand) / f64::from(STRANDS);
            curve(12, |t| {
                let angle = (t * waves + phase) * TAU;
                let turn = t * TAU / 4.0;
                let (sin, cos) = turn.sin_cos();
                // Down on a side is towards the inside of the rectangle, here towards the centre.
                let r = radius - AMPLITUDE * angle.sin();
                let dr = -AMPLITUDE * TAU * waves * angle.cos();
                let quarter = TAU / 4.0;
                ((r * sin, -r * cos), (dr * sin + r * cos * quarter, -dr * cos + r * sin * quarter))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(curve: &Curve) -> [f32; 2] {
        curve.segments.last().map_or(curve.start, |s| [s[4], s[5]])
    }

    #[test]
    fn closed_curves_close() {
        for curve in [rosette(11.2, 1.7, 43), rosette(7.6, -1.3, 31), braid(28.0, 1.2, 48)] {
            assert_eq!(curve.start, end(&curve));
        }
    }

    #[test]
    fn the_rosette_keeps_clear_of_its_middle_and_of_the_column() {
        for (depth, swell, petals) in [(11.2, 1.7, 43), (7.6, -1.3, 31)] {
            for segment in rosette(depth, swell, petals).segments {
                let r = segment[4].hypot(segment[5]);
                assert!((30.1..=43.2).contains(&r), "{r}");
            }
        }
    }

    #[test]
    fn the_strands_of_a_corner_meet_those_of_the_sides() {
        let heights = |points: Vec<f32>| {
            let mut points: Vec<i32> = points.iter().map(|v| (v * 10.0).round() as i32).collect();
            points.sort_unstable();
            points
        };
        let side = heights(wave(9.25).iter().map(|c| c.start[1]).collect());
        let first = heights(corner(8.0).iter().map(|c| c.start[1] + 8.0).collect());
        let last = heights(corner(8.0).iter().map(|c| 8.0 - end(c)[0]).collect());
        assert_eq!(side, first);
        assert_eq!(side, last);
    }
}

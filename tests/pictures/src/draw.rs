//! Draws a label as a camera would see it.

use std::f32::consts::TAU;

use crate::chance::Chance;
use crate::optics::Light;
use crate::payload::Payload;
use crate::{Picture, Scene};

/// Modules of white around the code, as the standard wants.
const MARGIN_MODULES: i32 = 4;
/// How far the camera is away, in widths of the label: near enough for a tilted label to be wider on one side.
const DISTANCE_LABELS: f32 = 3.0;
/// Each pixel is the mean of four places.
const PLACES: [(f32, f32); 4] = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];

/// The picture of this label; the same for the same arguments.
#[must_use]
pub fn draw(payload: &Payload, scene: Scene, seed: u64) -> Picture {
    let mut chance = Chance::new(seed);
    let sheet = Sheet::new(payload, scene, &mut chance);
    let lamp = Lamp::new(&sheet, &mut chance);
    let mut values = Vec::with_capacity(scene.width as usize * scene.height as usize);
    for row in 0..scene.height {
        for column in 0..scene.width {
            let (x, y) = (column as f32, row as f32);
            let sum: f32 = PLACES
                .iter()
                .map(|(right, down)| sheet.brightness(x + right, y + down))
                .sum();
            values.push(lamp.lit(sum / PLACES.len() as f32, x, y));
        }
    }
    let mut light = Light {
        width: scene.width as usize,
        height: scene.height as usize,
        values,
    };
    if scene.motion_pixels > 0.0 {
        light = light.moved(scene.motion_pixels, &mut chance);
    }
    if scene.blur_pixels > 0.0 {
        light = light.blurred(scene.blur_pixels);
    }
    let noisy = light
        .values
        .iter()
        .map(|value| (value + chance.normal() * scene.noise).clamp(0.0, 255.0) as u8);
    Picture {
        width: scene.width,
        height: scene.height,
        pixels: noisy.collect(),
    }
}

/// The label on a wall, as ink and paper.
struct Sheet<'payload> {
    payload: &'payload Payload,
    scene: Scene,
    middle: (f32, f32),
    half: f32,
    turn: (f32, f32),
    axis: (f32, f32),
    tilt: (f32, f32),
    blots: Vec<Blot>,
    scratches: Vec<Scratch>,
    /// Where the tiles of the wall begin.
    tiles: (f32, f32),
}

struct Blot {
    x: f32,
    y: f32,
    radius: f32,
    is_dark: bool,
}

struct Scratch {
    direction: (f32, f32),
    offset: f32,
    half_width: f32,
}

impl<'payload> Sheet<'payload> {
    fn new(payload: &'payload Payload, scene: Scene, chance: &mut Chance) -> Sheet<'payload> {
        let modules = payload.modules() as f32;
        let half = modules / 2.0;
        let (width, height) = (scene.width as f32, scene.height as f32);
        // A hand never holds the label quite in the middle.
        let middle = (
            width * chance.between(0.46, 0.54),
            height * chance.between(0.46, 0.54),
        );
        let blots = (0..(scene.damage * 10.0).round() as u32).map(|_| Blot {
            x: chance.between(-half, half),
            y: chance.between(-half, half),
            radius: chance.between(0.03, 0.07) * modules,
            is_dark: chance.share() < 0.5,
        });
        let blots = blots.collect();
        let scratches = (0..(scene.damage * 5.0).round() as u32).map(|_| Scratch {
            direction: chance.between(0.0, TAU).sin_cos(),
            offset: chance.between(-half, half),
            half_width: chance.between(0.06, 0.2),
        });
        let scratches = scratches.collect();
        Sheet {
            payload,
            scene,
            middle,
            half,
            turn: scene.degrees.to_radians().sin_cos(),
            axis: scene.axis_degrees.to_radians().sin_cos(),
            tilt: scene.tilt_degrees.to_radians().sin_cos(),
            blots,
            scratches,
            tiles: (chance.between(0.0, 40.0), chance.between(0.0, 40.0)),
        }
    }

    fn brightness(&self, x: f32, y: f32) -> f32 {
        self.on_label(x, y).unwrap_or_else(|| self.wall(x, y))
    }

    fn on_label(&self, x: f32, y: f32) -> Option<f32> {
        let (across, down) = self.place(x, y)?;
        let (column, row) = (
            (across + self.half).floor() as i32,
            (down + self.half).floor() as i32,
        );
        let paper = -MARGIN_MODULES..self.payload.modules() + MARGIN_MODULES;
        if !paper.contains(&column) || !paper.contains(&row) {
            return None;
        }
        let is_dark = self
            .damage(across, down)
            .unwrap_or_else(|| self.payload.is_dark(column, row));
        Some(if is_dark {
            self.scene.dark
        } else {
            self.scene.light
        })
    }

    /// Where on the label a pixel lies, in modules from its middle; `None` behind the camera.
    fn place(&self, x: f32, y: f32) -> Option<(f32, f32)> {
        let (x, y) = (
            (x - self.middle.0) / self.scene.module_pixels,
            (y - self.middle.1) / self.scene.module_pixels,
        );
        let ((axis_sine, axis_cosine), (tilt_sine, tilt_cosine)) = (self.axis, self.tilt);
        let (along, beside) = turned(x, y, axis_sine, axis_cosine);
        let distance = DISTANCE_LABELS * self.half * 2.0;
        let depth = tilt_cosine * distance - along * tilt_sine;
        if depth <= 1.0 {
            return None;
        }
        let along = along * distance / depth;
        let beside = beside * (distance + along * tilt_sine) / distance;
        let (x, y) = turned(along, beside, -axis_sine, axis_cosine);
        Some(turned(x, y, self.turn.0, self.turn.1))
    }

    /// What a blot or a scratch makes of this place: dark or not.
    fn damage(&self, across: f32, down: f32) -> Option<bool> {
        let blot = self
            .blots
            .iter()
            .find(|blot| (across - blot.x).hypot(down - blot.y) < blot.radius);
        let scratched = || {
            self.scratches.iter().any(|scratch| {
                let (sine, cosine) = scratch.direction;
                (across * cosine + down * sine - scratch.offset).abs() < scratch.half_width
            })
        };
        blot.map(|blot| blot.is_dark)
            .or_else(|| scratched().then_some(false))
    }

    /// Tiles in five shades: edges everywhere, as on a real wall with pipes and cables.
    fn wall(&self, x: f32, y: f32) -> f32 {
        let (column, row) = (
            ((x + self.tiles.0) / 47.0).floor() as i32,
            ((y + self.tiles.1) / 31.0).floor() as i32,
        );
        [60.0, 95.0, 80.0, 140.0, 110.0][(column * 7 + row * 13).rem_euclid(5) as usize]
    }
}

/// What light does to ink and paper.
struct Lamp {
    scene: Scene,
    middle: (f32, f32),
    label_pixels: f32,
    shadow: (f32, f32),
    slope: (f32, f32),
    glare: (f32, f32),
}

impl Lamp {
    fn new(sheet: &Sheet<'_>, chance: &mut Chance) -> Lamp {
        let label_pixels = sheet.half * 2.0 * sheet.scene.module_pixels;
        let mut beside = |place: f32| place + chance.between(-0.4, 0.4) * label_pixels;
        let glare = (beside(sheet.middle.0), beside(sheet.middle.1));
        Lamp {
            scene: sheet.scene,
            middle: sheet.middle,
            label_pixels,
            shadow: chance.between(0.0, TAU).sin_cos(),
            slope: chance.between(0.0, TAU).sin_cos(),
            glare,
        }
    }

    fn lit(&self, value: f32, x: f32, y: f32) -> f32 {
        let (right, down) = (x - self.middle.0, y - self.middle.1);
        let beyond = |(sine, cosine): (f32, f32)| right * cosine + down * sine;
        let shade = if beyond(self.shadow) > 0.0 {
            self.scene.shadow
        } else {
            1.0
        };
        let slope = beyond(self.slope) / self.label_pixels * self.scene.gradient;
        let distance = (x - self.glare.0).hypot(y - self.glare.1) / self.label_pixels;
        value * shade + slope + self.scene.glare * (-12.0 * distance * distance).exp()
    }
}

fn turned(x: f32, y: f32, sine: f32, cosine: f32) -> (f32, f32) {
    (x * cosine + y * sine, y * cosine - x * sine)
}

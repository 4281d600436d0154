//! A long list of rows of one height: only those in sight (and some around them) are in the document.

use std::ops::Range;

use leptos::html::Div;
use leptos::prelude::*;
use ui::number::number_of;

/// Rows kept ready above and below what is seen, so that a quick thumb sees no gap.
const ROWS_AROUND: usize = 8;
/// Rows drawn before the height of the list is known.
const ROWS_AT_FIRST: usize = 20;

/// Rows that are drawn in one frame: a slow phone needs some milliseconds for each.
const ROWS_A_FRAME: usize = 4;

/// Which rows belong into the document.
pub(crate) fn window_of(count: usize, scrolled_px: f64, height_px: f64, row_px: f64) -> Range<usize> {
    if height_px <= 0.0 || row_px <= 0.0 {
        return 0..count.min(ROWS_AT_FIRST);
    }
    // Both are small and not negative: a list is at most some hundred thousand pixels high.
    let first = (scrolled_px.max(0.0) / row_px) as usize;
    let seen = (height_px / row_px) as usize + 2;
    let end = (first + seen + ROWS_AROUND).min(count);
    first.saturating_sub(ROWS_AROUND).min(end)..end
}

/// The rows to be in the document next, on the way from those that are to those that belong there: what is seen first,
/// and never many at once, so that the thumb is answered meanwhile.
fn next_rows(drawn: &Range<usize>, wanted: &Range<usize>) -> Range<usize> {
    if drawn.is_empty() {
        return wanted.clone();
    }
    let seen = (wanted.start + ROWS_AROUND).min(wanted.end)..wanted.end.saturating_sub(ROWS_AROUND);
    let (mut start, mut end) = (drawn.start.max(wanted.start), drawn.end.min(wanted.end));
    if start >= end {
        (start, end) = (seen.start, seen.start);
    }
    for _ in 0..ROWS_A_FRAME {
        if end < seen.end {
            end += 1;
        } else if start > seen.start {
            start -= 1;
        } else if end < wanted.end {
            end += 1;
        } else if start > wanted.start {
            start -= 1;
        }
    }
    start..end
}

/// The rows in the document, which follow those that belong there frame by frame.
fn follow(wanted: Memo<Range<usize>>) -> RwSignal<Range<usize>> {
    let drawn = RwSignal::new(wanted.get_untracked());
    let is_due = StoredValue::new(false);
    Effect::new(move || {
        wanted.track();
        if !is_due.get_value() {
            advance(wanted, drawn, is_due);
        }
    });
    drawn
}

/// A tab in the background draws its frames late: the list may be gone by then.
fn advance(wanted: Memo<Range<usize>>, drawn: RwSignal<Range<usize>>, is_due: StoredValue<bool>) {
    let (Some(goal), Some(present)) = (wanted.try_get_untracked(), drawn.try_get_untracked()) else {
        return;
    };
    let next = next_rows(&present, &goal);
    let has_more = next != goal;
    if next != present {
        drawn.set(next);
    }
    is_due.set_value(has_more);
    if has_more {
        request_animation_frame(move || advance(wanted, drawn, is_due));
    }
}

/// The list: one for all kinds of rows, as each copy of it would be downloaded. `row_rem` is the height of a row in rem, so that rows grow with the text.
#[component]
pub(crate) fn VirtualList(
    /// Said by screen readers.
    label: &'static str,
    /// Rows in all.
    #[prop(into)]
    count: Signal<usize>,
    /// Height of a row in rem.
    row_rem: f64,
    /// What a row shows, in short: a row whose key changes is drawn again. Tracks what it reads.
    #[prop(into)]
    key_of: Callback<usize, String>,
    /// Draws one row.
    #[prop(into)]
    row: Callback<usize, AnyView>,
    /// Told which rows are in the document.
    #[prop(optional)]
    seen: Option<RwSignal<(usize, usize)>>,
    /// A row that stays in sight when it moves.
    #[prop(optional)]
    followed: Option<RwSignal<Option<usize>>>,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let scrolled_px = RwSignal::new(0.0_f64);
    // Height of the list and of a row. Not asked again at each scroll: the browser would have to lay out for the answer.
    let sizes_px = RwSignal::new((0.0_f64, 0.0_f64));
    // A tab in the background draws its frames late: the list may be gone by then.
    let measure = move || {
        if let Some(place) = place.try_get_untracked().flatten() {
            scrolled_px.try_set(place.scroll_top());
            sizes_px.try_set((f64::from(place.client_height()), row_rem * root_font_px()));
        }
    };
    let scroll = move || {
        if let Some(place) = place.try_get_untracked().flatten() {
            scrolled_px.set(place.scroll_top());
        }
    };
    place.on_load(move |_| request_animation_frame(measure));
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let window = Memo::new(move |_| {
        let (height_px, row_px) = sizes_px.get();
        window_of(count.get(), scrolled_px.get(), height_px, row_px)
    });
    if let Some(seen) = seen {
        Effect::new(move || seen.set((window.read().start, window.read().len())));
    }
    if let Some(followed) = followed {
        keep_in_sight(followed, place, row_rem);
    }
    let drawn = follow(window);
    let each = move || {
        drawn
            .get()
            .map(|index| (index, key_of.run(index)))
            .collect::<Vec<_>>()
    };
    let draw = move |(index, _): (usize, String)| {
        view! {
            <div
                role="listitem"
                aria-setsize=move || count.get().to_string()
                aria-posinset=(index + 1).to_string()
                class="virtual__row"
                style:height=format!("{row_rem}rem")
            >
                {row.run(index)}
            </div>
        }
    };
    view! {
        <div class="virtual" node_ref=place role="list" aria-label=label on:scroll=move |_| scroll()>
            <div class="virtual__space" style:height=move || rem(count.get(), row_rem)>
                <div class="virtual__rows" style:transform=move || format!("translateY({})", rem(drawn.read().start, row_rem))>
                    <For each key=|(index, key)| (*index, key.clone()) children=draw />
                </div>
            </div>
        </div>
    }
}

fn keep_in_sight(row: RwSignal<Option<usize>>, place: NodeRef<Div>, row_rem: f64) {
    Effect::new(move || {
        let (Some(row), Some(place)) = (row.get(), place.get_untracked()) else {
            return;
        };
        let row_px = row_rem * root_font_px();
        let (top_px, height_px) = (row as f64 * row_px, f64::from(place.client_height()));
        let now_px = place.scroll_top();
        if top_px < now_px {
            place.set_scroll_top(top_px);
        } else if top_px + row_px > now_px + height_px {
            place.set_scroll_top(top_px + row_px - height_px);
        }
    });
}

fn rem(rows: usize, row_rem: f64) -> String {
    format!("{}rem", rows as f64 * row_rem)
}

fn root_font_px() -> f64 {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| number_of(size.trim_end_matches("px")))
        .unwrap_or(16.0)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn only_what_is_near_the_window_is_drawn() {
        let window = window_of(10_000, 64_000.0, 640.0, 64.0);
        assert_eq!(window, 992..1020);
    }

    #[test]
    fn the_window_stays_inside_the_list() {
        assert_eq!(window_of(3, 5_000.0, 640.0, 64.0), 3..3);
        assert_eq!(window_of(0, 0.0, 640.0, 64.0), 0..0);
        assert_eq!(window_of(5, -30.0, 640.0, 64.0), 0..5);
    }

    /// The rows in the document, frame by frame.
    fn frames(mut drawn: Range<usize>, wanted: Range<usize>) -> Vec<Range<usize>> {
        let mut frames = Vec::new();
        while drawn != wanted {
            drawn = next_rows(&drawn, &wanted);
            frames.push(drawn.clone());
        }
        frames
    }

    #[test]
    fn a_few_rows_are_drawn_in_a_frame_and_first_those_that_are_seen() {
        assert_eq!(frames(0..28, 6..34), [6..32, 6..34]);
        assert_eq!(frames(100..128, 94..122), [96..122, 94..122]);
        let jump = frames(0..28, 500..528);
        assert_eq!(jump[..4], [508..512, 508..516, 508..520, 508..524]);
        assert_eq!(jump.len(), 7);
    }

    #[test]
    fn what_is_no_longer_there_goes_at_once() {
        for (drawn, wanted) in [(0..28, 0..3), (0..28, 0..0), (0..0, 0..20)] {
            let frames = frames(drawn, wanted.clone());
            assert_eq!(frames, std::slice::from_ref(&wanted));
        }
    }

    #[test]
    fn something_is_drawn_before_the_height_is_known() {
        assert_eq!(window_of(10_000, 0.0, 0.0, 64.0), 0..20);
    }
}

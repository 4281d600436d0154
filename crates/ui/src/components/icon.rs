//! The icons in use, drawn from the Lucide set as inline SVG.

use icondata_lu as lu;
use leptos::prelude::*;

/// Every icon of the app; a word always stands next to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the name says what is drawn")]
pub enum Glyph {
    Alert,
    Audit,
    Back,
    Building,
    Camera,
    Check,
    Circle,
    Clock,
    Close,
    Copy,
    Dashboard,
    Down,
    Download,
    Edit,
    Electricity,
    Erase,
    Gas,
    Import,
    Inbox,
    Info,
    Key,
    Label,
    Lens,
    Live,
    Me,
    More,
    Note,
    Offline,
    Order,
    Outbox,
    People,
    Phone,
    Photo,
    Print,
    Readings,
    Received,
    Remove,
    RolledOver,
    Round,
    Scan,
    Search,
    SentBack,
    SignOut,
    Skipped,
    Spinner,
    Storage,
    Sun,
    Swap,
    Sync,
    Torch,
    Unknown,
    Up,
    Water,
}

impl Glyph {
    /// The icon of a utility.
    pub fn of_utility(name: &str) -> Self {
        match name {
            "electricity" => Self::Electricity,
            "water" => Self::Water,
            "gas" => Self::Gas,
            _ => Self::Unknown,
        }
    }

    fn drawing(self) -> &'static str {
        match self {
            Self::Alert => lu::LuTriangleAlert.data,
            Self::Audit => lu::LuScrollText.data,
            Self::Back => lu::LuArrowLeft.data,
            Self::Building => lu::LuBuilding2.data,
            Self::Camera => lu::LuCamera.data,
            Self::Check => lu::LuCheck.data,
            Self::Circle => lu::LuCircle.data,
            Self::Clock => lu::LuClock.data,
            Self::Close => lu::LuX.data,
            Self::Copy => lu::LuCopy.data,
            Self::Dashboard => lu::LuLayoutDashboard.data,
            Self::Down => lu::LuArrowDown.data,
            Self::Download => lu::LuDownload.data,
            Self::Edit => lu::LuPencil.data,
            Self::Electricity => lu::LuZap.data,
            Self::Erase => lu::LuDelete.data,
            Self::Gas => lu::LuFlame.data,
            Self::Import => lu::LuFileInput.data,
            Self::Inbox => lu::LuInbox.data,
            Self::Info => lu::LuInfo.data,
            Self::Key => lu::LuKeyRound.data,
            Self::Label => lu::LuTag.data,
            Self::Lens => lu::LuSwitchCamera.data,
            Self::Live => lu::LuRadio.data,
            Self::Me => lu::LuCircleUserRound.data,
            Self::More => lu::LuEllipsis.data,
            Self::Note => lu::LuMessageSquareText.data,
            Self::Offline => lu::LuWifiOff.data,
            Self::Order => lu::LuArrowUpDown.data,
            Self::Outbox => lu::LuSend.data,
            Self::People => lu::LuUsersRound.data,
            Self::Phone => lu::LuSmartphone.data,
            Self::Photo => lu::LuImage.data,
            Self::Print => lu::LuPrinter.data,
            Self::Readings => lu::LuTable2.data,
            Self::Received => lu::LuCircleCheckBig.data,
            Self::Remove => lu::LuTrash2.data,
            Self::RolledOver => lu::LuRotateCw.data,
            Self::Round => lu::LuListChecks.data,
            Self::Scan => lu::LuScanQrCode.data,
            Self::Search => lu::LuSearch.data,
            Self::SentBack => lu::LuUndo2.data,
            Self::SignOut => lu::LuLogOut.data,
            Self::Skipped => lu::LuBan.data,
            Self::Spinner => lu::LuLoaderCircle.data,
            Self::Storage => lu::LuShieldCheck.data,
            Self::Sun => lu::LuSun.data,
            Self::Swap => lu::LuArrowLeftRight.data,
            Self::Sync => lu::LuRefreshCw.data,
            Self::Torch => lu::LuFlashlight.data,
            Self::Unknown => lu::LuCircleHelp.data,
            Self::Up => lu::LuArrowUp.data,
            Self::Water => lu::LuDroplet.data,
        }
    }
}

/// One icon, hidden from screen readers: the word next to it says the same.
#[component]
pub fn Icon(
    /// What is drawn.
    glyph: Glyph,
    /// As small as the text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    view! {
        <svg
            class=if small { "icon icon--small" } else { "icon" }
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=glyph.drawing()
        ></svg>
    }
}

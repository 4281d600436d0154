//! Sentences of what a person can set about sync and notifications, of the notifications, and of the diagnostics.

use super::Wording;

/// Settings of sync and notifications, in one language.
pub(crate) struct Preferences {
    pub(crate) order: &'static str,
    pub(crate) order_oldest: &'static str,
    pub(crate) order_here: &'static str,
    pub(crate) order_hint: &'static str,
    pub(crate) window: &'static str,
    pub(crate) window_adaptive: &'static str,
    pub(crate) window_fixed: &'static str,
    pub(crate) quiet: &'static str,
    pub(crate) quiet_hint: &'static str,
    pub(crate) quiet_from: &'static str,
    pub(crate) quiet_until: &'static str,
    pub(crate) quiet_now: fn(&str) -> String,
    pub(crate) notices: &'static str,
    pub(crate) notices_hint: &'static str,
    pub(crate) notices_unsupported: &'static str,
    pub(crate) notices_denied: &'static str,
    pub(crate) connection_back: &'static str,
    pub(crate) sync_done: &'static str,
    pub(crate) needs_attention: &'static str,
    pub(crate) old_queue: &'static str,
    pub(crate) diagnostics: &'static str,
    pub(crate) diagnostics_hint: &'static str,
    pub(crate) diagnostics_show: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) copy_failed: &'static str,
}

impl Wording {
    /// Settings of sync and notifications.
    pub(crate) fn preferences(&self) -> &'static Preferences {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Preferences = Preferences {
    order: "What goes first",
    order_oldest: "Oldest first",
    order_here: "The property I'm in",
    order_hint: "The property of the reading saved last, then the others.",
    window: "Connection check before sending",
    window_adaptive: "As long as it takes",
    window_fixed: "Always 3 in 3 s",
    quiet: "Quiet hours",
    quiet_hint: "Nothing is sent by itself in this time. Sync now always sends.",
    quiet_from: "From",
    quiet_until: "Until",
    quiet_now: |until| format!("Quiet hours until {until}. Tap Sync now to send."),
    notices: "Notifications",
    notices_hint: "Shown while nobody looks at the app.",
    notices_unsupported: "This browser can't show notifications. On an iPhone it can once the app is installed.",
    notices_denied: "Notifications are blocked. Allow them for this app in the phone's settings.",
    connection_back: "Connection is back",
    sync_done: "Everything was sent",
    needs_attention: "A reading needs attention",
    old_queue: "Readings have waited for a day",
    diagnostics: "Diagnostics",
    diagnostics_hint: "For support. Holds no tenants, no readings and no passwords.",
    diagnostics_show: "Show what is in it",
    copy: "Copy diagnostics",
    copied: "Copied",
    copy_failed: "Could not copy. Open the text below, hold it and copy it yourself.",
};

static SPANISH: Preferences = Preferences {
    order: "Qué va primero",
    order_oldest: "Lo más antiguo",
    order_here: "La propiedad donde estoy",
    order_hint: "La propiedad de la última lectura guardada, después las demás.",
    window: "Comprobación antes de enviar",
    window_adaptive: "Lo que haga falta",
    window_fixed: "Siempre 3 en 3 s",
    quiet: "Horas de silencio",
    quiet_hint: "En ese tiempo nada se envía solo. Enviar ahora siempre envía.",
    quiet_from: "Desde",
    quiet_until: "Hasta",
    quiet_now: |until| format!("Horas de silencio hasta las {until}. Toque Enviar ahora para enviar."),
    notices: "Avisos",
    notices_hint: "Se muestran mientras nadie mira la aplicación.",
    notices_unsupported: "Este navegador no puede mostrar avisos. En un iPhone puede cuando la aplicación está instalada.",
    notices_denied: "Los avisos están bloqueados. Permítalos para esta aplicación en los ajustes del teléfono.",
    connection_back: "La conexión ha vuelto",
    sync_done: "Todo se envió",
    needs_attention: "Una lectura por revisar",
    old_queue: "Hay lecturas que esperan desde hace un día",
    diagnostics: "Diagnóstico",
    diagnostics_hint: "Para el soporte. No contiene inquilinos, lecturas ni contraseñas.",
    diagnostics_show: "Ver lo que contiene",
    copy: "Copiar diagnóstico",
    copied: "Copiado",
    copy_failed: "No se pudo copiar. Abra el texto de abajo, manténgalo pulsado y cópielo.",
};

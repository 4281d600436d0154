//! Why a row of an import, or what was typed into a form of the portfolio, can't be taken. The server says it in English, as
//! the command line does; here stands the Spanish of each cause. `{shown}` and the like are what the cause speaks of.

use shared::wire::imports::ImportFault;

use super::Wording;

impl Wording {
    /// What is wrong, and what to do.
    pub(crate) fn import_fault(&self, fault: &ImportFault) -> String {
        let own = match self.tag {
            "es" => SPANISH.iter().find(|(code, _)| *code == fault.code),
            _ => None,
        };
        let Some((_, sentence)) = own else {
            return fault.cause.clone();
        };
        let mut text = String::from(*sentence);
        for (name, value) in &fault.details {
            let value = match name.as_str() {
                "error" => value_error(value),
                _ => value,
            };
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

fn value_error(name: &str) -> &str {
    match name {
        "not_a_number" => "no es un número decimal como 46211 o 12.5: escriba solo cifras",
        "negative" => "es negativo; ningún registro muestra menos de 0: corríjalo",
        "too_many_digits" => "tiene más de 12 cifras enteras: corríjalo",
        "too_many_decimals" => "tiene más de 6 decimales: corríjalo",
        other => other,
    }
}

const SPANISH: &[(&str, &str)] = &[
    (
        "unreadable",
        "no se puede leer ({why}): revise sus permisos o quítelo de la carpeta",
    ),
    (
        "no_file",
        "no es un archivo: ponga el archivo CSV en su lugar o quítelo",
    ),
    (
        "unknown_file",
        "no es un archivo de importación; se conocen {known}: cámbiele el nombre o quítelo",
    ),
    (
        "file_too_large",
        "tiene más de {mebibytes_max} MiB: divídalo e importe las partes una tras otra",
    ),
    (
        "file_empty",
        "el archivo está vacío; necesita al menos una fila de encabezados: expórtelo de nuevo o quítelo",
    ),
    ("utf16", "es UTF-16: guárdelo como \"CSV UTF-8\""),
    (
        "nul_byte",
        "contiene bytes NUL, así que no es texto: guárdelo como \"CSV UTF-8\"",
    ),
    (
        "column_missing",
        "falta la columna: añádala al encabezado y a cada fila",
    ),
    ("column_twice", "la columna está dos veces: deje solo una"),
    (
        "column_unknown",
        "columna desconocida; se conocen: {known}: cámbiele el nombre o quítela",
    ),
    (
        "row_too_long",
        "la fila tiene más de {bytes_max} bytes: puede faltar una comilla; acórtela",
    ),
    (
        "quote_unclosed",
        "una comilla se abre y nunca se cierra, así que no se puede leer nada de lo que sigue: ciérrela",
    ),
    (
        "text_behind_quote",
        "hay texto detrás de una comilla de cierre: duplique cada comilla que pertenece al texto",
    ),
    (
        "quote_in_text",
        "hay una comilla dentro de un texto sin comillas: ponga el texto entre comillas y duplique las de dentro",
    ),
    (
        "field_count",
        "la fila tiene {found} campos y el encabezado {expected}: un texto con un separador necesita comillas",
    ),
    ("not_utf8", "no es UTF-8: guarde el archivo como \"CSV UTF-8\""),
    ("invisible_character", "contiene un carácter invisible: bórrelo"),
    (
        "formula",
        "empieza como una fórmula de hoja de cálculo: que empiece con una letra o una cifra",
    ),
    ("empty", "está vacío: complételo"),
    ("too_long", "tiene más de {characters_max} caracteres: acórtelo"),
    (
        "no_number",
        "`{shown}` no es un número entero de {min} a {max}: indique uno",
    ),
    (
        "no_day",
        "`{shown}` no es un día como 2026-11-27 entre 1900 y 2199: escriba así el año, el mes y el día",
    ),
    (
        "no_period",
        "`{shown}` no es un mes como 2026-11: escriba así el año y el mes",
    ),
    (
        "no_time",
        "`{shown}` no es una hora como 2026-11-27T09:14:03 (el reloj de la propiedad): escríbala así",
    ),
    (
        "no_time_zone",
        "`{shown}` no es una zona horaria IANA como Pacific/Guam: indique una",
    ),
    (
        "none_of",
        "`{shown}` no es ninguno de: {names}: escriba uno de ellos",
    ),
    ("no_value", "`{shown}` {error}"),
    (
        "no_multiplier",
        "`{shown}` no es un número mayor que 0 y hasta 1000000, como 1 o 10: indique uno",
    ),
    (
        "no_label_code",
        "`{shown}` no es un código de etiqueta, o su carácter de control está mal: copie los 8 caracteres de la etiqueta",
    ),
    (
        "more_digits",
        "el registro muestra {dials} cifras: corrija el valor, o `dials` del medidor",
    ),
    (
        "more_decimals",
        "el registro muestra {decimals} decimales: corrija el valor, o `decimals` del medidor",
    ),
    (
        "move_out_before_move_in",
        "es anterior a move_in: corrija uno de los dos días",
    ),
    (
        "removed_before_installed",
        "es anterior a installed_on: corrija uno de los dos días",
    ),
    (
        "final_value_missing",
        "está vacío, pero el medidor fue retirado: indique el último valor que mostró",
    ),
    (
        "removal_day_missing",
        "está vacío, pero hay un valor final: indique el día de retirada",
    ),
    (
        "stands_twice",
        "ya está en la línea {first}: quite una de las dos filas",
    ),
    (
        "no_such_property",
        "no existe esa propiedad: añádala a properties.csv o corrija el código",
    ),
    (
        "no_such_unit",
        "no existe esa unidad en esta propiedad y edificio: añádala a units.csv o corrija el nombre",
    ),
    (
        "no_such_meter_point",
        "esta unidad no tiene ese punto de medición: añada su medidor a meters.csv o corrija utility y point",
    ),
    (
        "no_such_meter",
        "no existe ese medidor: añádalo a meters.csv o corrija el número de serie",
    ),
    (
        "meter_elsewhere",
        "según los libros este medidor está en otro punto de medición, y un número de serie nombra un medidor para siempre: corríjalo",
    ),
    ("label_revoked", "esta etiqueta fue anulada: imprima una nueva"),
    (
        "label_elsewhere",
        "según los libros esta etiqueta nombra otro punto de medición: anúlela primero allí",
    ),
    (
        "overlap",
        "{earlier} (desde {earlier_from}) y {later} (desde {later_from}) están en el mismo lugar al mismo tiempo: ponga fin al primero",
    ),
    (
        "period_too_far",
        "se leyó en {month}: su período es ese mes o el anterior",
    ),
    ("read_in_future", "está en el futuro: corrija la hora"),
    (
        "not_in_service",
        "el medidor estuvo en servicio desde {from} hasta `{to}` (vacío: sigue en servicio): corrija la hora o el número de serie",
    ),
    (
        "reading_twice",
        "la línea {first} ya tiene una lectura del mismo tipo para este punto de medición y momento: quite una de las dos",
    ),
    (
        "other_value_in_books",
        "los libros tienen otro valor para este período: corríjalo en la oficina",
    ),
    (
        "skip_in_books",
        "los libros tienen una omisión para este período: ingrese el valor en la oficina",
    ),
    (
        "period_closed",
        "este período está cerrado: un administrador debe reabrirlo primero",
    ),
    (
        "read_on_wider_register",
        "una lectura muestra {value}, y un registro así no puede: corríjalo o reemplace el medidor",
    ),
    (
        "rolled_over_on_register",
        "el medidor pasó por cero con {dials} cifras y el consumo se calculó con eso: reemplace el medidor",
    ),
    (
        "used_with_multiplier",
        "el consumo ya se calculó con {multiplier}: reemplace el medidor",
    ),
    (
        "identity",
        "nombra la cosa para siempre, porque de ella dependen lecturas y etiquetas: añada una nueva",
    ),
    (
        "not_in_form",
        "no se edita aquí: reemplace el medidor o importe el archivo",
    ),
    (
        "code_taken",
        "ya es el código de otro arrendamiento: indique otro",
    ),
    (
        "serial_taken",
        "ya es el número de serie de otro medidor: corríjalo",
    ),
    (
        "read_since",
        "el medidor anterior se leyó el {day}: indique ese día o uno posterior",
    ),
    (
        "no_reading",
        "esta fila no puede ser una lectura: compárela con las demás filas",
    ),
];

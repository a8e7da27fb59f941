reason-start = Lo que son los comentarios en general, antes de mirar este
reason-words = «{ $words }»
reason-others = { $n ->
    [one] { $n } razón más leve de esta clase
   *[other] { $n } razones más leves de esta clase
}
reason-link = Enlace a { $host }
reason-no-links = Ningún enlace en el texto
reason-name = El nombre del autor
reason-no-name = Sin nombre
reason-url = La URL del autor, { $host }
reason-no-url = Sin URL del autor
reason-form = Longitud y forma de las palabras
reason-rule-seen = { $rule }: { $seen }

reason-author-name = El nombre de este autor: { $tally }
reason-email = Esta dirección de correo: { $tally }
reason-ip-prefix = Esta red: { $tally }
reason-author-domain = El sitio del autor { $site }: { $tally }
reason-link-domain = Uno de los dominios enlazados: { $tally }
reason-links-to = Enlaces a { $site }: { $tally }
reason-near-duplicate = Casi el mismo texto que comentarios anteriores: { $tally }
reason-pasted = Un comentario aceptado aquí de otra persona, con un enlace que no tenía
tally-spam-here = { $n } llamados spam aquí
tally-ham-here = { $n } llamados honestos aquí
tally-spam-elsewhere = { $n } llamados spam en otros sitios
tally-ham-elsewhere = { $n } llamados honestos en otros sitios

reason-trust = Cuánta razón tiene el modelo aquí, según { $n } juicios de este sitio
reason-own-words = Conocido por los juicios de este sitio: { $words }
reason-neighbours-spam = Más cerca de lo que aquí se llamó spam que de lo honesto
reason-neighbours-ham = Más cerca de lo que aquí se llamó honesto que del spam
reason-same-post = Lo que se llamó spam y honesto bajo este artículo, de { $n } juicios aquí

reason-unread = No se miraron los últimos { $n } bytes del texto
reason-history-missing = No se pudo consultar lo que se dijo de comentarios anteriores
reason-few-examples = El modelo conoce muy poco texto honesto en esta escritura o lengua para rechazarlo
reason-site-caution = Para rechazar por sí solos, los juicios de este sitio tendrían que ser más seguros
reason-administrator = Escrito por la gente del blog
reason-nothing-said = No hay ni texto ni autor que juzgar

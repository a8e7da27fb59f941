ago-now = ahora mismo
ago-minutes = { $n ->
    [one] hace { $n } minuto
   *[other] hace { $n } minutos
}
ago-hours = { $n ->
    [one] hace { $n } hora
   *[other] hace { $n } horas
}
ago-days = { $n ->
    [one] hace { $n } día
   *[other] hace { $n } días
}
ago-weeks = { $n ->
    [one] hace { $n } semana
   *[other] hace { $n } semanas
}
ago-months = { $n ->
    [one] hace { $n } mes
   *[other] hace { $n } meses
}
ago-years = { $n ->
    [one] hace { $n } año
   *[other] hace { $n } años
}

date-exact = { $day } de { $month } de { $year }, { $time } UTC
date-month-year = { $month } de { $year }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

likelihood-1 = casi seguro honesto
likelihood-2 = probablemente honesto
likelihood-3 = más bien honesto
likelihood-4 = podría ser lo uno o lo otro
likelihood-5 = más bien spam
likelihood-6 = probablemente spam
likelihood-7 = casi seguro spam

percent = { $number } %
percent-under = menos del 1 %
percent-over = más del 99 %
percent-spam = { $percent } spam

history-no-email = Sin dirección de correo, así que sin historial
history-first = Primer comentario con esta dirección de correo
history-record = { $accepted } aceptados, { $rejected } rechazados con esta dirección de correo desde { $since }
history-record-waiting = { $accepted } aceptados, { $rejected } rechazados, { $waiting } en espera con esta dirección de correo desde { $since }

verdict-accept = aceptado por el filtro
verdict-hold = retenido por el filtro
verdict-reject = rechazado por el filtro

did-accept = { $who } aceptó esto { $when }.
did-reject = { $who } rechazó esto como spam { $when }.
did-reject-only = { $who } rechazó esto sin que el filtro aprenda, { $when }.
by-blog = El blog

source-model = Inicio
source-words = Palabra
source-pairs = Palabras
source-links = Enlace
source-author = Autor
source-shape = Forma
source-rules = Regla
source-history = Historial
source-campaign = Copias
source-site = Este sitio
source-policy = Límite
mark-reason = { $source }: { $weight }

browser-on-system = { $browser } en { $system }
browser-unnamed = Un navegador que no dice su nombre

author-nameless = Alguien sin nombre

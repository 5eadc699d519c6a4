# Words that every part shares: names of things, units, dates.

language-en = English
language-es = Spanish
language-zh-Hans = Chinese (simplified)
language-zh-Hant = Chinese (traditional)

yes = Yes
no = No
none = None
unknown = Unknown

## Dates: the parts are numbers and names, the order is the language's.
date = { $day } { $month } { $year }
date-time = { $date }, { $time }
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
time-unverified = { $time } (phone clock, unverified)

## Durations and sizes
duration-minutes = { $minutes } min
duration-hours = { $hours } h
duration-hours-minutes = { $hours } h { $minutes } min
bytes-b = { $count } bytes
bytes-kb = { $size } kB
bytes-mb = { $size } MB
bytes-gb = { $size } GB
kilometres = { $count } km
percent = { $number } %

## Things
word-call = Call
word-job = Job
word-visit = Visit
word-voucher = Service voucher
word-amendment = Amendment
word-customer = Customer
word-site = Site
word-machine = Machine
word-model = Model
word-serial = Serial number
word-engineer = Engineer
word-part = Part
word-form = Form
word-question = Question
word-photo = Photo
word-evidence = Photos and files
word-device = Device
word-person = Person
word-hub = Office server

## Money
currency-before = { $symbol }{ $amount }
currency-code = { $code } { $amount }
span = { $from } – { $to }

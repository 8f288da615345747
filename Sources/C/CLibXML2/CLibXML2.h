#pragma once
// Debian's libxml2 is built with ICU, and its encoding.h would pull in ICU's own headers, which collide with the ICU
// module of swift-foundation. None of it is needed here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

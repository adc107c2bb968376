# Turns files into a C++ source with their bytes in it (src/base/embedded.h), at build time.
#
#   include(${PROJECT_SOURCE_DIR}/scripts/embed.cmake)
#   embed(OUT ${CMAKE_CURRENT_BINARY_DIR}/web_files.cpp SYMBOL backchat::app::http::web_files
#         ROOT ${CMAKE_CURRENT_SOURCE_DIR} FILES chat.css chat.js [GZIP])
#
# OUT then defines `std::span<const backchat::EmbeddedFile> SYMBOL()`: one entry a file, in the order of FILES, which are
# paths below ROOT. Add OUT to the sources of a target. With GZIP each entry also has the compressed form, when the
# program `gzip` is there. Same files, same OUT, byte for byte.

set(EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(embed)
  cmake_parse_arguments(A "GZIP" "OUT;SYMBOL;ROOT" "FILES" ${ARGN})
  if(NOT A_OUT OR NOT A_SYMBOL OR NOT A_ROOT OR NOT A_FILES OR A_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "embed(OUT file SYMBOL name ROOT folder FILES file... [GZIP])")
  endif()
  list(TRANSFORM A_FILES PREPEND ${A_ROOT}/ OUTPUT_VARIABLE inputs)
  list(JOIN A_FILES "|" files)
  add_custom_command(
    OUTPUT ${A_OUT}
    COMMAND ${CMAKE_COMMAND} -DOUT=${A_OUT} -DSYMBOL=${A_SYMBOL} -DROOT=${A_ROOT} -DFILES=${files}
            -DGZIP=${A_GZIP} -P ${EMBED_SCRIPT}
    DEPENDS ${inputs} ${EMBED_SCRIPT}
    COMMENT "Embedding ${A_SYMBOL}"
    VERBATIM)
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE STREQUAL EMBED_SCRIPT)
  return()
endif()

cmake_minimum_required(VERSION 3.25)

# Bytes (as hexadecimal digits) -> a C++ string literal of escapes only, 32 bytes a line. Because every character is an
# escape, no escape can swallow the next character.
function(literal hex out)
  string(REPEAT "[0-9a-f]" 64 line)
  string(REGEX REPLACE "(${line})" "\\1\"\n    \"" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
  set(${out} "\"${hex}\"" PARENT_SCOPE)
endfunction()

string(REPLACE "|" ";" files "${FILES}")
string(REGEX MATCH "^(.*)::([^:]+)$" matched "${SYMBOL}")
if(NOT matched)
  message(FATAL_ERROR "embed: SYMBOL '${SYMBOL}' must be a qualified name")
endif()
set(namespace ${CMAKE_MATCH_1})
set(name ${CMAKE_MATCH_2})
if(GZIP)
  find_program(GZIP_PROGRAM gzip)
endif()

set(arrays "")
set(entries "")
set(number 0)
foreach(file IN LISTS files)
  if(NOT EXISTS ${ROOT}/${file})
    message(FATAL_ERROR "embed: no file '${ROOT}/${file}'")
  endif()
  file(READ ${ROOT}/${file} hex HEX)
  file(SHA256 ${ROOT}/${file} sha256)
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  literal("${hex}" bytes)
  string(APPEND arrays "constexpr char kBytes${number}[] =\n    ${bytes};\n")
  set(gzip "{}")
  if(GZIP AND GZIP_PROGRAM)
    execute_process(COMMAND ${GZIP_PROGRAM} -9 -n -c ${ROOT}/${file} OUTPUT_FILE ${OUT}.gz COMMAND_ERROR_IS_FATAL ANY)
    file(READ ${OUT}.gz hex HEX)
    file(REMOVE ${OUT}.gz)
    string(LENGTH "${hex}" digits)
    math(EXPR gzip_size "${digits} / 2")
    literal("${hex}" bytes)
    string(APPEND arrays "constexpr char kGzip${number}[] =\n    ${bytes};\n")
    set(gzip "{kGzip${number}, ${gzip_size}}")
  endif()
  string(APPEND entries "    {\"${file}\", {kBytes${number}, ${size}}, ${gzip}, \"${sha256}\"},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE ${OUT}.new "// Written by scripts/embed.cmake. Do not edit.
#include <span>

#include \"base/embedded.h\"

#ifdef __clang__
#pragma clang diagnostic ignored \"-Woverlength-strings\"
#endif

namespace ${namespace} {
namespace {

${arrays}
constexpr backchat::EmbeddedFile kFiles[] = {
${entries}};

}  // namespace

std::span<const backchat::EmbeddedFile> ${name}();
std::span<const backchat::EmbeddedFile> ${name}() { return kFiles; }

}  // namespace ${namespace}
")
file(RENAME ${OUT}.new ${OUT})

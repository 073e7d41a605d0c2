// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

/// What tcpdump knows of a kind of TCP options (packets/tcpoption.h).
namespace OptionKind {

/// The name that tcpdump prints. Null for an unknown kind, empty for CC.ECHO.
const char *name(quint8 kind);

/// The bytes of the value, without kind and length, for kinds with a fixed length; 0 for others.
quint32 fixedSize(quint8 kind);

} // namespace OptionKind

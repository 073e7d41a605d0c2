// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

/// What an export writes, told by the suffix of its file.
enum class ExportKind {
    Text,      ///< .txt: the original's lines; of a capture, what --dump-wire prints
    JsonLines, ///< .jsonl
    Csv,       ///< .csv
    Mermaid,   ///< .mmd: the ladder as a sequence diagram
    Svg,       ///< .svg: the ladder
    Png,       ///< .png: the ladder
    Bytes,     ///< .bin: what the segments of one connection carried
    Pcapng,    ///< .pcapng: the segments, each step at the packet that completed it
};

/// Nothing if no kind has this suffix. Upper and lower case are the same.
std::optional<ExportKind> exportKindOf(const QString &path);
bool isLadder(ExportKind kind);
bool isOfOneConnection(ExportKind kind); ///< always: a ladder or bytes
bool isPicture(ExportKind kind);         ///< needs a QGuiApplication

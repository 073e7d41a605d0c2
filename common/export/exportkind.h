// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

/// What an export writes; the suffix of its file tells.
enum class ExportKind {
    Text,      ///< .txt: the original's lines; of a capture, what --dump-wire prints
    JsonLines, ///< .jsonl
    Csv,       ///< .csv
    Mermaid,   ///< .mmd: the ladder as a sequence diagram
    Svg,       ///< .svg: the ladder
    Png,       ///< .png: the ladder
    Pcapng,    ///< .pcapng: the segments, each step at the packet that completed it
};

/// Nothing where no kind has the suffix of that file's name, in capital or small letters.
std::optional<ExportKind> exportKindOf(const QString &path);
bool isLadder(ExportKind kind);  ///< shows one connection
bool isPicture(ExportKind kind); ///< needs a QGuiApplication

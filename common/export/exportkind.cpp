// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "exportkind.h"

#include <QFileInfo>

#include <array>

using namespace Qt::StringLiterals;

std::optional<ExportKind> exportKindOf(const QString &path)
{
    static constexpr std::array<std::pair<QLatin1StringView, ExportKind>, 8> kinds{{{"txt"_L1, ExportKind::Text},
                                                                                    {"jsonl"_L1, ExportKind::JsonLines},
                                                                                    {"csv"_L1, ExportKind::Csv},
                                                                                    {"mmd"_L1, ExportKind::Mermaid},
                                                                                    {"svg"_L1, ExportKind::Svg},
                                                                                    {"png"_L1, ExportKind::Png},
                                                                                    {"bin"_L1, ExportKind::Bytes},
                                                                                    {"pcapng"_L1, ExportKind::Pcapng}}};
    const QString suffix = QFileInfo(path).suffix().toLower();
    for (const auto &[name, kind] : kinds) {
        if (suffix == name)
            return kind;
    }
    return {};
}

bool isLadder(ExportKind kind)
{
    return kind == ExportKind::Mermaid || isPicture(kind);
}

bool isOfOneConnection(ExportKind kind)
{
    return isLadder(kind) || kind == ExportKind::Bytes;
}

bool isPicture(ExportKind kind)
{
    return kind == ExportKind::Svg || kind == ExportKind::Png;
}

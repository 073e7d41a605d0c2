// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderlegend.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(LadderLegend)
};

using Kind = LadderLabel::Kind;

bool hasState(const LadderScene &scene, LadderState::Source source)
{
    return std::any_of(scene.labels.cbegin(), scene.labels.cend(), [source](const LadderLabel &label) {
        return label.kind == Kind::State && label.source == source;
    });
}

bool hasInferred(const LadderScene &scene)
{
    const auto isInferred = [](const LadderLabel &label) { return label.kind == Kind::InferredStep; };
    const auto isDashed = [](const LadderArrow &arrow) { return arrow.isDashed; };
    return std::any_of(scene.labels.cbegin(), scene.labels.cend(), isInferred) ||
           std::any_of(scene.arrows.cbegin(), scene.arrows.cend(), isDashed);
}

} // namespace

void addLadderLegend(LadderScene &scene, const TextMetrics &metrics)
{
    using enum LadderState::Source;
    std::vector<LadderLabel> entries;
    if (hasState(scene, Segments))
        entries.push_back(
            {.kind = Kind::Legend, .text = Text::tr("state inferred from the segments"), .source = Segments});
    if (hasState(scene, Kernel))
        entries.push_back({.kind = Kind::Legend, .text = Text::tr("state read from the kernel"), .source = Kernel});
    if (hasInferred(scene))
        entries.push_back({.kind = Kind::Legend, .text = Text::tr("dashed: inferred, not seen")});
    const double line = scene.unit;
    double x = 0.5 * line;
    double y = scene.bottom + 0.8 * line;
    for (LadderLabel &entry : entries) {
        const double mark = entry.source == Unknown ? 0 : LadderLabel::stateMark * line;
        entry.text = metrics.elided(entry.text, scene.width - line - mark);
        const double width = mark + metrics.width(entry.text);
        if (x > line && x + width > scene.width - 0.5 * line) {
            x = 0.5 * line;
            y += line;
        }
        entry.rect = {x, y, width, line};
        entry.start = {x + mark, y + line / 2};
        x += width + 1.5 * line;
        scene.labels.push_back(entry);
    }
    if (!entries.empty())
        scene.bottom = y + line;
}

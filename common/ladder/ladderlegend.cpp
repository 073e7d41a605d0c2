// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderlegend.h"

#include "packets/segment.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace {

struct LadderLegendStrings {
    Q_DECLARE_TR_FUNCTIONS(LadderLegend)
};

using Kind = LadderLabel::Kind;
using Source = LadderState::Source;

constexpr double sampleWidth = 2.1; ///< of an arrow, in lines
constexpr double sampleGap = 0.4;   ///< from an arrow to its text
constexpr quint16 shownFlags = Segment::Syn | Segment::Fin | Segment::Rst;

struct Entry {
    QString text;
    Source source = Source::Unknown;   ///< the mark of a state
    std::optional<LadderArrow> sample; ///< or an arrow; only how it looks
};

std::vector<Entry> allEntries()
{
    return {{LadderLegendStrings::tr("state inferred from the segments"), Source::Segments, {}},
            {LadderLegendStrings::tr("state read from the kernel"), Source::Kernel, {}},
            {LadderLegendStrings::tr("state inferred from the steps"), Source::Steps, {}},
            {LadderLegendStrings::tr("dashed: inferred, not seen"), {}, LadderArrow{.isDashed = true}},
            {LadderLegendStrings::tr("SYN"), {}, LadderArrow{.flags = Segment::Syn}},
            {LadderLegendStrings::tr("FIN"), {}, LadderArrow{.flags = Segment::Fin}},
            {LadderLegendStrings::tr("RST"), {}, LadderArrow{.flags = Segment::Rst}},
            {LadderLegendStrings::tr("bytes"), {}, LadderArrow{.carriesBytes = true}},
            {LadderLegendStrings::tr("no bytes"), {}, LadderArrow{}},
            {LadderLegendStrings::tr("cross: lost"), {}, LadderArrow{.arrival = LadderRow::Arrival::Lost}},
            {LadderLegendStrings::tr("dot: on its way"), {}, LadderArrow{.arrival = LadderRow::Arrival::OnItsWay}},
            {LadderLegendStrings::tr("fork: doubled by the network"), {}, LadderArrow{.isDuplicate = true}},
            {LadderLegendStrings::tr("dotted: ICMP error"), {}, LadderArrow{.isError = true}}};
}

bool looksLike(const LadderArrow &arrow, const LadderArrow &sample)
{
    const auto flags = quint16(arrow.flags & shownFlags);
    if (sample.isError || arrow.isError)
        return sample.isError && arrow.isError;
    if (sample.isDashed)
        return arrow.isDashed;
    if (sample.isDuplicate)
        return arrow.isDuplicate;
    if (sample.arrival == LadderRow::Arrival::Lost)
        return arrow.arrival == sample.arrival;
    if (sample.arrival == LadderRow::Arrival::OnItsWay)
        return arrow.arrival == sample.arrival || arrow.arrival == LadderRow::Arrival::Held;
    return sample.flags != 0 ? (flags & sample.flags) != 0 : flags == 0 && arrow.carriesBytes == sample.carriesBytes;
}

bool isIn(const LadderScene &scene, const Entry &entry)
{
    const auto isLabel = [&entry](const LadderLabel &label) {
        if (entry.source != Source::Unknown)
            return label.kind == Kind::State && label.source == entry.source;
        return label.kind == Kind::InferredStep && entry.sample->isDashed;
    };
    const auto isArrow = [&entry](const LadderArrow &arrow) { return entry.sample && looksLike(arrow, *entry.sample); };
    return std::any_of(scene.labels.cbegin(), scene.labels.cend(), isLabel) ||
           std::any_of(scene.arrows.cbegin(), scene.arrows.cend(), isArrow);
}

/// Returns the bottom of the entries.
double lay(const std::vector<Entry> &entries, const TextMetrics &metrics, double top, int maxLines, LadderScene &scene)
{
    const double line = scene.unit;
    const double left = 0.5 * line;
    double x = left;
    double y = top;
    for (const Entry &entry : entries) {
        const double mark = (entry.sample ? sampleWidth + sampleGap : LadderLabel::stateMark) * line;
        LadderLabel label{.kind = Kind::Legend, .source = entry.source};
        label.text = metrics.elided(entry.text, scene.width - 2 * left - mark);
        const double width = metrics.width(label.text);
        if (x > left && x + mark + width > scene.width - left) {
            if (--maxLines == 0)
                break;
            x = left;
            y += line;
        }
        if (entry.sample) {
            LadderArrow sample = *entry.sample;
            sample.tail = {x, y + line / 2};
            sample.head = {x + sampleWidth * line, y + line / 2};
            scene.arrows.push_back(sample);
            label.rect = {x + mark, y, width, line};
        } else {
            label.rect = {x, y, mark + width, line};
        }
        label.start = {x + mark, y + line / 2};
        scene.labels.push_back(label);
        x += mark + width + line;
    }
    return y + line;
}

} // namespace

void addLadderLegend(LadderScene &scene, const TextMetrics &metrics)
{
    std::vector<Entry> entries = allEntries();
    std::erase_if(entries, [&scene](const Entry &entry) { return !isIn(scene, entry); });
    if (!entries.empty())
        scene.bottom = lay(entries, metrics, scene.bottom + 0.8 * scene.unit, int(entries.size()), scene);
}

LadderScene wholeLadderLegend(const TextMetrics &metrics, double width, int maxLines)
{
    LadderScene scene;
    scene.width = width;
    scene.unit = metrics.lineHeight;
    const double margin = 0.2 * scene.unit;
    scene.bottom = lay(allEntries(), metrics, margin, maxLines, scene) + margin;
    return scene;
}

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/ladderlayout.h"
#include "ladder/laddermodel.h"

class ExportProgress;

/// One picture of a ladder.
struct LadderPage {
    LadderScene header;
    LadderScene rows; ///< including the legend
    QSize size() const;
};

/// Splits a ladder into pages, one after the other, from the first row to the last. Only the current page is in
/// memory. Lives as long as its model, on the model's thread.
class LadderPages
{
public:
    /// The maximum size of a page. A page has at least one row.
    struct Limits {
        qsizetype rows = 0;
        double height = 0;
    };

    LadderPages(const LadderModel &model, const TextMetrics &metrics, double width, const Limits &limits);

    Q_DISABLE_COPY_MOVE(LadderPages)

    bool atEnd() const { return m_row.value() >= m_model.count(); }
    /// Returns the next page. If the export was cancelled, the page is incomplete.
    LadderPage next(ExportProgress &progress);

private:
    const LadderRow &rowAt(LadderIndex row);

    const LadderModel &m_model;
    const TextMetrics m_metrics;
    const Limits m_limits;
    const LadderLayout m_layout;
    LadderIndex m_row{0};
    std::array<std::pair<LadderIndex, LadderRow>, 4> m_made; ///< a layout requests each row several times
};

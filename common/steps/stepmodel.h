// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/throttle.h"
#include "sessionfile.h"
#include "stepcell.h"
#include "stepfilter.h"
#include "stepsearch.h"
#include "steptime.h"

#include <QAbstractTableModel>
#include <QCache>

#include <deque>
#include <optional>

/// The rows of a step log, read through a SessionFile, with a filter. Rows are inserted once a turn of the event loop
/// as the file grows; only a new filter resets the model. Then what is on disk is searched in the background, the
/// rest a slice at a time. Lives on the window's thread; does not own the file.
class StepModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using Column = StepRowText::Column;
    static constexpr Column TimeColumn = StepRowText::TimeColumn;
    static constexpr Column ConnectionColumn = StepRowText::ConnectionColumn;
    static constexpr Column TextColumn = StepRowText::TextColumn;
    static constexpr Column BytesColumn = StepRowText::BytesColumn;
    static constexpr Column ColumnCount = StepRowText::ColumnCount;
    using Cell = StepCell;
    /// CellRole: a Cell. LineRole: a QString for copying: for an event its sentence, while DisplayRole is short.
    /// EventRole: bool.
    enum Role { CellRole = Qt::UserRole, LineRole, EventRole };

    static constexpr qsizetype shownCharacters = StepRowText::shownCharacters;

    explicit StepModel(const SessionFile &file, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    Step stepAt(int row) const;                ///< the whole step behind a row, 0 ≤ row < rowCount()
    qsizetype fileRowOf(int row) const;        ///< the file's row behind a row
    int rowOfFileRow(qsizetype fileRow) const; ///< -1: it is not shown

    void setFilter(const StepFilter &filter); ///< one that seeks nothing besides
    const StepFilter &filter() const { return m_filter; }
    bool isFiltered() const { return !m_filter.acceptsAll(); }
    /// Shows only rows that the file gains from now on. Does not touch the file.
    void clear();
    void showCleared();                               ///< the opposite
    qsizetype clearedRows() const { return m_from; }  ///< of the file, from its beginning
    qsizetype searchedRows() const { return m_seen; } ///< of the file; the rows after them are not shown yet

    void setTimeMode(TimeMode mode);
    TimeMode timeMode() const { return m_timeMode; }

    bool isSearching() const
    {
        return m_throttle.isActive() || m_search.isRunning();
    } ///< rows of the file wait to be shown
    bool hasSeveralConnections() const { return m_hasSeveral; }
    /// The progress of the search in the background; nothing if there is none.
    std::optional<int> searchedPercent() const;
    /// Ends the search: shows what has been found, and none of the rows that were not searched. New rows are filtered
    /// as before.
    void stopSearch();

signals:
    void searchChanged();          ///< searchedPercent() has changed, or the filter's expression gave up
    void severalConnectionsCame(); ///< hasSeveralConnections() has become true

private:
    void follow();
    void lookForConnections();
    void searchSlice();
    void addFound(const std::vector<quint32> &rows, qsizetype next);
    void endSearch();
    bool accepts(qsizetype fileRow) const;
    void begin(const StepFilter &filter, qsizetype from);
    QString timeText(int row, const Step &step) const;
    QString timeTitle() const;
    QString timeMeaning() const;
    std::optional<StepTime> beginningOf(int connection) const;

    const SessionFile &m_file;
    StepFilter m_filter;
    StepSearch m_search;
    qsizetype m_from = 0;          ///< the rows of the file before were cleared
    qsizetype m_seen = 0;          ///< rows of the file that have been searched
    std::deque<quint32> m_matches; ///< rows of the file that are shown, if filtered; a vector would stall as it grows
    qsizetype m_searchedFrom = 0;  ///< m_seen when the search in the background began
    bool m_hasSeveral = false;     ///< connections
    bool m_canSearch = true;       ///< in the background: another thread can read the file
    bool m_gaveUp = false;         ///< an expression, for some rows; told
    Throttle m_throttle;           ///< limits how often new rows are inserted
    TimeMode m_timeMode = TimeMode::Clock;
    mutable QCache<int, StepTime> m_beginnings; ///< of connections whose rows were shown last
};

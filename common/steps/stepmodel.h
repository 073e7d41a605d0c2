// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/throttle.h"
#include "sessionfile.h"
#include "stepfilter.h"
#include "stepsearch.h"
#include "steptext.h"

#include <QAbstractTableModel>

#include <deque>
#include <optional>

/// The rows of a step log, read through a SessionFile, with a filter. Rows are inserted once a turn of the event loop
/// as the file grows; only a new filter resets the model. Then what is on disk is searched in the background, the
/// rest a slice at a time. Lives on the window's thread; does not own the file.
class StepModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, ConnectionColumn, TextColumn, BytesColumn, ColumnCount };
    /// CellRole: a Cell. LineRole: a QString for copying: for an event its sentence, while DisplayRole is short.
    /// EventRole: bool.
    enum Role { CellRole = Qt::UserRole, LineRole, EventRole };

    /// All that a view paints.
    struct Cell {
        StepKind kind = StepKind::Error;
        bool isEvent = false;
        QString text;
        QList<StepText::Range> escapes; ///< of the text
        QString note;                   ///< after the text, in a quiet colour: "(empty)"
    };

    /// How much of a message the text column shows.
    static constexpr qsizetype shownCharacters = 200;

    explicit StepModel(const SessionFile &file, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    Step stepAt(int row) const;                ///< the whole step behind a row, 0 ≤ row < rowCount()
    qsizetype fileRowOf(int row) const;        ///< the file's row behind a row
    int rowOfFileRow(qsizetype fileRow) const; ///< -1: it is not shown

    /// Shows only rows whose "#1 [2] Recv: text" contains text (case does not matter), and events only if wanted.
    void setFilter(const QString &text, bool showEvents);
    bool isFiltered() const { return !m_filter.acceptsAll(); }
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
    void searchChanged();          ///< searchedPercent() has changed
    void severalConnectionsCame(); ///< hasSeveralConnections() has become true

private:
    void follow();
    void lookForConnections();
    void searchSlice();
    void addFound(const std::vector<quint32> &rows, qsizetype next);
    void endSearch();
    bool accepts(qsizetype fileRow) const;

    const SessionFile &m_file;
    StepFilter m_filter;
    StepSearch m_search;
    qsizetype m_seen = 0;          ///< rows of the file that have been searched
    std::deque<quint32> m_matches; ///< rows of the file that are shown, if filtered; a vector would stall as it grows
    qsizetype m_searchedFrom = 0;  ///< m_seen when the search in the background began
    bool m_hasSeveral = false;     ///< connections
    bool m_canSearch = true;       ///< in the background: another thread can read the file
    Throttle m_throttle;           ///< limits how often new rows are inserted
};

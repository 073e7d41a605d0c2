// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sessionfile.h"

#include <QAbstractTableModel>

/// The rows of a step log, read through a SessionFile, with a filter. Rows are inserted once a turn of the event loop
/// as the file grows; only a new filter resets the model, and then rows are found a slice at a time. Lives on the
/// window's thread; does not own the file.
class StepModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, ConnectionColumn, TextColumn, BytesColumn, ColumnCount };
    /// EscapesRole: QVariant of QList<StepText::Range>, the places of the text that are escapes. EventRole: bool.
    enum Role { EscapesRole = Qt::UserRole, EventRole };

    /// How much of a message the text column shows.
    static constexpr qsizetype shownCharacters = 200;

    explicit StepModel(SessionFile &file, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    Step stepAt(int row) const; ///< the whole step behind a row, 0 ≤ row < rowCount()

    /// Shows only rows whose "#1 [2] Recv: text" contains text (case does not matter), and events only if wanted.
    void setFilter(const QString &text, bool showEvents);
    bool isFiltered() const { return !m_text.isEmpty() || !m_showEvents; }
    bool isSearching() const { return m_timer.isActive(); } ///< rows of the file wait to be shown

private:
    void follow();
    void search();
    bool accepts(qsizetype fileRow) const;

    SessionFile &m_file;
    QString m_text;
    bool m_showEvents = true;
    qsizetype m_seen = 0;           ///< rows of the file that have been looked at
    std::vector<quint32> m_matches; ///< rows of the file that are shown, if filtered
    QTimer m_timer;                 ///< takes in what the file has more
};

package store

import (
	"context"
	"strconv"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Learn gives the watches of the lists what imported catalogues know of their persons.
func (s *Store) Learn(ctx context.Context, lists []alerts.Watchlist) error {
	_, err := s.Study(ctx, lists)
	return err
}

// Study is Learn, and says for which watches the catalogues have nobody, or more than one person.
func (s *Store) Study(ctx context.Context, lists []alerts.Watchlist) (found alerts.Findings, err error) {
	err = s.look(ctx, "read catalogues", func(tx txn) error {
		found, err = learn(ctx, tx, lists)
		return err
	})
	return found, err
}

// learn reads only the persons that watches are named as, however large the catalogues are.
func learn(ctx context.Context, tx txn, lists []alerts.Watchlist) (all alerts.Findings, err error) {
	if found, err := tx.row(ctx, `SELECT id FROM catalogues LIMIT 1`, nil, new(int64)); err != nil || !found {
		return all, err
	}
	err = alerts.NewStudy(lists).Each(chunk, func(part *alerts.Study, keys []string) error {
		query := `SELECT n.name, c.name, p.item, p.names, p.bare FROM person_names n JOIN persons p ON p.id = n.person JOIN catalogues c ON c.id = p.catalogue
			WHERE n.name IN (` + marks(1, len(keys)) + `) ORDER BY c.folded, p.item`
		err := tx.each(ctx, query, anys(keys), func(columns func(...any) error) error {
			var key, catalogue string
			var p alerts.Person
			err := columns(&key, &catalogue, &p.Key, document{&p.Names}, document{&p.Bare})
			part.HearBy(key, catalogue, p)
			return err
		})
		found := part.Learn()
		all.Unsure, all.Unknown = append(all.Unsure, found.Unsure...), append(all.Unknown, found.Unknown...)
		return err
	})
	return all, err
}

// keyEdition is where the alerts.KeyEdition stands, in meta, of the keys that imported catalogues are found by.
const keyEdition = "catalogues.keys"

func keepEdition(ctx context.Context, tx txn) error {
	_, err := tx.exec(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		keyEdition, strconv.Itoa(alerts.KeyEdition))
	return err
}

// keyAnew gives persons that another version imported the keys of this one. Those that they have stay: they find nobody else.
func (s *Store) keyAnew(ctx context.Context) error {
	catalogues := false
	err := s.look(ctx, "read catalogues", func(tx txn) (err error) {
		catalogues, err = tx.row(ctx, `SELECT id FROM catalogues LIMIT 1`, nil, new(int64))
		return err
	})
	if err != nil || !catalogues {
		return err
	}
	if edition, err := s.Meta(ctx, keyEdition); err != nil || edition == strconv.Itoa(alerts.KeyEdition) {
		return err
	}
	return s.change(ctx, "find persons by their printed names", func(tx txn) error {
		for last, more := int64(0), true; more; {
			keys := map[int64][]string{}
			err := tx.each(ctx, `SELECT id, names, bare FROM persons WHERE id > $1 ORDER BY id LIMIT $2`, []any{last, chunk}, func(columns func(...any) error) error {
				var p alerts.Person
				err := columns(&last, document{&p.Names}, document{&p.Bare})
				keys[last] = p.PrintedKeys()
				return err
			})
			if err != nil {
				return err
			}
			for id, all := range keys {
				if err := (&importer{ctx: ctx, tx: tx}).names(id, all); err != nil {
					return err
				}
			}
			more = len(keys) == chunk
		}
		if err := rosterMoved(ctx, tx); err != nil {
			return err
		}
		return keepEdition(ctx, tx)
	})
}

package ogenstyle

import (
	"fmt"
	"math/bits"

	"github.com/go-faster/errors"
	"github.com/go-faster/jx"
)

// missing names the required members that an object lacks, given the bits that
// are not set.
func missing(bitset []uint8, names []string) error {
	for i, set := range bitset {
		if set != 0 {
			at := i*8 + bits.TrailingZeros8(set)
			return fmt.Errorf("invalid: %s (field required)", names[at])
		}
	}
	return nil
}

// Decode reads Account from JSON.
func (s *Account) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode Account to nil")
	}
	var requiredBitSet [3]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "id":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				v, err := d.Str()
				s.ID = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"id\"")
			}
		case "object":
			requiredBitSet[0] |= 1 << 1
			if err := func() error {
				if err := s.Object.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"object\"")
			}
		case "account_holder":
			if err := func() error {
				s.AccountHolder.Reset()
				if err := s.AccountHolder.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"account_holder\"")
			}
		case "balance":
			if err := func() error {
				s.Balance.Reset()
				if err := s.Balance.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"balance\"")
			}
		case "balance_refresh":
			if err := func() error {
				s.BalanceRefresh.Reset()
				if err := s.BalanceRefresh.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"balance_refresh\"")
			}
		case "category":
			requiredBitSet[0] |= 1 << 5
			if err := func() error {
				if err := s.Category.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"category\"")
			}
		case "created":
			requiredBitSet[0] |= 1 << 6
			if err := func() error {
				v, err := d.Int64()
				s.Created = int64(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"created\"")
			}
		case "display_name":
			if err := func() error {
				s.DisplayName.Reset()
				if err := s.DisplayName.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"display_name\"")
			}
		case "institution_name":
			requiredBitSet[1] |= 1 << 0
			if err := func() error {
				v, err := d.Str()
				s.InstitutionName = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"institution_name\"")
			}
		case "last4":
			if err := func() error {
				s.Last4.Reset()
				if err := s.Last4.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"last4\"")
			}
		case "livemode":
			requiredBitSet[1] |= 1 << 2
			if err := func() error {
				v, err := d.Bool()
				s.Livemode = bool(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"livemode\"")
			}
		case "ownership":
			if err := func() error {
				s.Ownership.Reset()
				if err := s.Ownership.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"ownership\"")
			}
		case "ownership_refresh":
			if err := func() error {
				s.OwnershipRefresh.Reset()
				if err := s.OwnershipRefresh.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"ownership_refresh\"")
			}
		case "permissions":
			if err := func() error {
				s.Permissions.Reset()
				if err := s.Permissions.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"permissions\"")
			}
		case "status":
			requiredBitSet[1] |= 1 << 6
			if err := func() error {
				if err := s.Status.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"status\"")
			}
		case "subcategory":
			requiredBitSet[1] |= 1 << 7
			if err := func() error {
				if err := s.Subcategory.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"subcategory\"")
			}
		case "subscriptions":
			if err := func() error {
				s.Subscriptions.Reset()
				if err := s.Subscriptions.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"subscriptions\"")
			}
		case "supported_payment_method_types":
			requiredBitSet[2] |= 1 << 1
			if err := func() error {
				s.SupportedPaymentMethodTypes = make([]PaymentMethodType, 0)
				if err := d.Arr(func(d *jx.Decoder) error {
					var elem PaymentMethodType
					if err := elem.Decode(d); err != nil {
						return err
					}
					s.SupportedPaymentMethodTypes = append(s.SupportedPaymentMethodTypes, elem)
					return nil
				}); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"supported_payment_method_types\"")
			}
		case "transaction_refresh":
			if err := func() error {
				s.TransactionRefresh.Reset()
				if err := s.TransactionRefresh.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"transaction_refresh\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode Account")
	}
	// Validate required fields.
	var absent [3]uint8
	found := false
	for i, mask := range [3]uint8{0b01100011, 0b11000101, 0b00000010} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfAccount[:])
	}
	return nil
}

// Decode reads AccountHolder from JSON.
func (s *AccountHolder) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountHolder to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "account":
			if err := func() error {
				s.Account.Reset()
				if err := s.Account.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"account\"")
			}
		case "customer":
			if err := func() error {
				s.Customer.Reset()
				if err := s.Customer.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"customer\"")
			}
		case "type":
			requiredBitSet[0] |= 1 << 2
			if err := func() error {
				if err := s.Type.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"type\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode AccountHolder")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00000100} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfAccountHolder[:])
	}
	return nil
}

// Decode reads AccountList from JSON.
func (s *AccountList) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountList to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "object":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				if err := s.Object.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"object\"")
			}
		case "data":
			requiredBitSet[0] |= 1 << 1
			if err := func() error {
				s.Data = make([]Account, 0)
				if err := d.Arr(func(d *jx.Decoder) error {
					var elem Account
					if err := elem.Decode(d); err != nil {
						return err
					}
					s.Data = append(s.Data, elem)
					return nil
				}); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"data\"")
			}
		case "has_more":
			requiredBitSet[0] |= 1 << 2
			if err := func() error {
				v, err := d.Bool()
				s.HasMore = bool(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"has_more\"")
			}
		case "url":
			requiredBitSet[0] |= 1 << 3
			if err := func() error {
				v, err := d.Str()
				s.URL = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"url\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode AccountList")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00001111} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfAccountList[:])
	}
	return nil
}

// Decode reads AccountOwner from JSON.
func (s *AccountOwner) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountOwner to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "id":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				v, err := d.Str()
				s.ID = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"id\"")
			}
		case "object":
			requiredBitSet[0] |= 1 << 1
			if err := func() error {
				if err := s.Object.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"object\"")
			}
		case "email":
			if err := func() error {
				s.Email.Reset()
				if err := s.Email.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"email\"")
			}
		case "name":
			requiredBitSet[0] |= 1 << 3
			if err := func() error {
				v, err := d.Str()
				s.Name = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"name\"")
			}
		case "ownership":
			requiredBitSet[0] |= 1 << 4
			if err := func() error {
				v, err := d.Str()
				s.Ownership = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"ownership\"")
			}
		case "phone":
			if err := func() error {
				s.Phone.Reset()
				if err := s.Phone.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"phone\"")
			}
		case "raw_address":
			if err := func() error {
				s.RawAddress.Reset()
				if err := s.RawAddress.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"raw_address\"")
			}
		case "refreshed_at":
			if err := func() error {
				s.RefreshedAt.Reset()
				if err := s.RefreshedAt.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"refreshed_at\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode AccountOwner")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00011011} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfAccountOwner[:])
	}
	return nil
}

// Decode reads AccountOwnerList from JSON.
func (s *AccountOwnerList) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountOwnerList to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "object":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				if err := s.Object.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"object\"")
			}
		case "data":
			requiredBitSet[0] |= 1 << 1
			if err := func() error {
				s.Data = make([]AccountOwner, 0)
				if err := d.Arr(func(d *jx.Decoder) error {
					var elem AccountOwner
					if err := elem.Decode(d); err != nil {
						return err
					}
					s.Data = append(s.Data, elem)
					return nil
				}); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"data\"")
			}
		case "has_more":
			requiredBitSet[0] |= 1 << 2
			if err := func() error {
				v, err := d.Bool()
				s.HasMore = bool(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"has_more\"")
			}
		case "url":
			requiredBitSet[0] |= 1 << 3
			if err := func() error {
				v, err := d.Str()
				s.URL = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"url\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode AccountOwnerList")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00001111} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfAccountOwnerList[:])
	}
	return nil
}

// Decode reads AccountOwnership from JSON.
func (s *AccountOwnership) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountOwnership to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "id":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				v, err := d.Str()
				s.ID = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"id\"")
			}
		case "object":
			requiredBitSet[0] |= 1 << 1
			if err := func() error {
				if err := s.Object.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"object\"")
			}
		case "created":
			requiredBitSet[0] |= 1 << 2
			if err := func() error {
				v, err := d.Int64()
				s.Created = int64(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"created\"")
			}
		case "owners":
			requiredBitSet[0] |= 1 << 3
			if err := func() error {
				if err := s.Owners.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"owners\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode AccountOwnership")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00001111} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfAccountOwnership[:])
	}
	return nil
}

// Decode reads Balance from JSON.
func (s *Balance) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode Balance to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "as_of":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				v, err := d.Int64()
				s.AsOf = int64(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"as_of\"")
			}
		case "cash":
			if err := func() error {
				s.Cash.Reset()
				if err := s.Cash.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"cash\"")
			}
		case "credit":
			if err := func() error {
				s.Credit.Reset()
				if err := s.Credit.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"credit\"")
			}
		case "current":
			requiredBitSet[0] |= 1 << 3
			if err := func() error {
				if err := s.Current.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"current\"")
			}
		case "type":
			requiredBitSet[0] |= 1 << 4
			if err := func() error {
				if err := s.Type.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"type\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode Balance")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00011001} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfBalance[:])
	}
	return nil
}

// Decode reads BalanceRefresh from JSON.
func (s *BalanceRefresh) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode BalanceRefresh to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "last_attempted_at":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				v, err := d.Int64()
				s.LastAttemptedAt = int64(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"last_attempted_at\"")
			}
		case "next_refresh_available_at":
			if err := func() error {
				s.NextRefreshAvailableAt.Reset()
				if err := s.NextRefreshAvailableAt.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"next_refresh_available_at\"")
			}
		case "status":
			requiredBitSet[0] |= 1 << 2
			if err := func() error {
				if err := s.Status.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"status\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode BalanceRefresh")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00000101} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfBalanceRefresh[:])
	}
	return nil
}

// Decode reads CashBalance from JSON.
func (s *CashBalance) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode CashBalance to nil")
	}

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "available":
			if err := func() error {
				s.Available.Reset()
				if err := s.Available.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"available\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode CashBalance")
	}
	return nil
}

// Decode reads ConnectedAccount from JSON.
func (s *ConnectedAccount) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode ConnectedAccount to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "id":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				v, err := d.Str()
				s.ID = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"id\"")
			}
		case "object":
			requiredBitSet[0] |= 1 << 1
			if err := func() error {
				if err := s.Object.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"object\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode ConnectedAccount")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00000011} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfConnectedAccount[:])
	}
	return nil
}

// Decode reads CreditBalance from JSON.
func (s *CreditBalance) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode CreditBalance to nil")
	}

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "used":
			if err := func() error {
				s.Used.Reset()
				if err := s.Used.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"used\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode CreditBalance")
	}
	return nil
}

// Decode reads Customer from JSON.
func (s *Customer) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode Customer to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "id":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				v, err := d.Str()
				s.ID = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"id\"")
			}
		case "object":
			requiredBitSet[0] |= 1 << 1
			if err := func() error {
				if err := s.Object.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"object\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode Customer")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00000011} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfCustomer[:])
	}
	return nil
}

// Decode reads OwnershipRefresh from JSON.
func (s *OwnershipRefresh) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode OwnershipRefresh to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "last_attempted_at":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				v, err := d.Int64()
				s.LastAttemptedAt = int64(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"last_attempted_at\"")
			}
		case "next_refresh_available_at":
			if err := func() error {
				s.NextRefreshAvailableAt.Reset()
				if err := s.NextRefreshAvailableAt.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"next_refresh_available_at\"")
			}
		case "status":
			requiredBitSet[0] |= 1 << 2
			if err := func() error {
				if err := s.Status.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"status\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode OwnershipRefresh")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00000101} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfOwnershipRefresh[:])
	}
	return nil
}

// Decode reads TransactionRefresh from JSON.
func (s *TransactionRefresh) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode TransactionRefresh to nil")
	}
	var requiredBitSet [1]uint8

	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		switch string(k) {
		case "id":
			requiredBitSet[0] |= 1 << 0
			if err := func() error {
				v, err := d.Str()
				s.ID = string(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"id\"")
			}
		case "last_attempted_at":
			requiredBitSet[0] |= 1 << 1
			if err := func() error {
				v, err := d.Int64()
				s.LastAttemptedAt = int64(v)
				if err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"last_attempted_at\"")
			}
		case "next_refresh_available_at":
			if err := func() error {
				s.NextRefreshAvailableAt.Reset()
				if err := s.NextRefreshAvailableAt.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"next_refresh_available_at\"")
			}
		case "status":
			requiredBitSet[0] |= 1 << 3
			if err := func() error {
				if err := s.Status.Decode(d); err != nil {
					return err
				}
				return nil
			}(); err != nil {
				return errors.Wrap(err, "decode field \"status\"")
			}
		default:
			return d.Skip()
		}
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode TransactionRefresh")
	}
	// Validate required fields.
	var absent [1]uint8
	found := false
	for i, mask := range [1]uint8{0b00001011} {
		if absent[i] = (requiredBitSet[i] & mask) ^ mask; absent[i] != 0 {
			found = true
		}
	}
	if found {
		return missing(absent[:], jsonFieldsNameOfTransactionRefresh[:])
	}
	return nil
}

// Decode reads AccountObject from JSON.
func (s *AccountObject) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountObject to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch AccountObject(v) {
	case AccountObjectFinancialConnectionsAccount:
		*s = AccountObjectFinancialConnectionsAccount
	case AccountObjectLinkedAccount:
		*s = AccountObjectLinkedAccount
	default:
		*s = AccountObject(v)
	}
	return nil
}

// Decode reads AccountCategory from JSON.
func (s *AccountCategory) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountCategory to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch AccountCategory(v) {
	case AccountCategoryCash:
		*s = AccountCategoryCash
	case AccountCategoryCredit:
		*s = AccountCategoryCredit
	case AccountCategoryInvestment:
		*s = AccountCategoryInvestment
	case AccountCategoryOther:
		*s = AccountCategoryOther
	default:
		*s = AccountCategory(v)
	}
	return nil
}

// Decode reads AccountPermission from JSON.
func (s *AccountPermission) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountPermission to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch AccountPermission(v) {
	case AccountPermissionBalances:
		*s = AccountPermissionBalances
	case AccountPermissionOwnership:
		*s = AccountPermissionOwnership
	case AccountPermissionPaymentMethod:
		*s = AccountPermissionPaymentMethod
	case AccountPermissionTransactions:
		*s = AccountPermissionTransactions
	default:
		*s = AccountPermission(v)
	}
	return nil
}

// Decode reads AccountStatus from JSON.
func (s *AccountStatus) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountStatus to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch AccountStatus(v) {
	case AccountStatusActive:
		*s = AccountStatusActive
	case AccountStatusDisconnected:
		*s = AccountStatusDisconnected
	case AccountStatusInactive:
		*s = AccountStatusInactive
	default:
		*s = AccountStatus(v)
	}
	return nil
}

// Decode reads AccountSubcategory from JSON.
func (s *AccountSubcategory) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountSubcategory to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch AccountSubcategory(v) {
	case AccountSubcategoryChecking:
		*s = AccountSubcategoryChecking
	case AccountSubcategoryCreditCard:
		*s = AccountSubcategoryCreditCard
	case AccountSubcategoryLineOfCredit:
		*s = AccountSubcategoryLineOfCredit
	case AccountSubcategoryMortgage:
		*s = AccountSubcategoryMortgage
	case AccountSubcategoryOther:
		*s = AccountSubcategoryOther
	case AccountSubcategorySavings:
		*s = AccountSubcategorySavings
	default:
		*s = AccountSubcategory(v)
	}
	return nil
}

// Decode reads AccountHolderType from JSON.
func (s *AccountHolderType) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountHolderType to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch AccountHolderType(v) {
	case AccountHolderTypeAccount:
		*s = AccountHolderTypeAccount
	case AccountHolderTypeCustomer:
		*s = AccountHolderTypeCustomer
	default:
		*s = AccountHolderType(v)
	}
	return nil
}

// Decode reads BalanceType from JSON.
func (s *BalanceType) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode BalanceType to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch BalanceType(v) {
	case BalanceTypeCash:
		*s = BalanceTypeCash
	case BalanceTypeCredit:
		*s = BalanceTypeCredit
	default:
		*s = BalanceType(v)
	}
	return nil
}

// Decode reads PaymentMethodType from JSON.
func (s *PaymentMethodType) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode PaymentMethodType to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch PaymentMethodType(v) {
	case PaymentMethodTypeLink:
		*s = PaymentMethodTypeLink
	case PaymentMethodTypeUsBankAccount:
		*s = PaymentMethodTypeUsBankAccount
	default:
		*s = PaymentMethodType(v)
	}
	return nil
}

// Decode reads RefreshStatus from JSON.
func (s *RefreshStatus) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode RefreshStatus to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch RefreshStatus(v) {
	case RefreshStatusFailed:
		*s = RefreshStatusFailed
	case RefreshStatusPending:
		*s = RefreshStatusPending
	case RefreshStatusSucceeded:
		*s = RefreshStatusSucceeded
	default:
		*s = RefreshStatus(v)
	}
	return nil
}

// Decode reads SubscriptionFeature from JSON.
func (s *SubscriptionFeature) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode SubscriptionFeature to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch SubscriptionFeature(v) {
	case SubscriptionFeatureTransactions:
		*s = SubscriptionFeatureTransactions
	default:
		*s = SubscriptionFeature(v)
	}
	return nil
}

// Decode reads AccountListObject from JSON.
func (s *AccountListObject) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountListObject to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch AccountListObject(v) {
	case AccountListObjectList:
		*s = AccountListObjectList
	default:
		*s = AccountListObject(v)
	}
	return nil
}

// Decode reads ConnectedAccountObject from JSON.
func (s *ConnectedAccountObject) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode ConnectedAccountObject to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch ConnectedAccountObject(v) {
	case ConnectedAccountObjectAccount:
		*s = ConnectedAccountObjectAccount
	default:
		*s = ConnectedAccountObject(v)
	}
	return nil
}

// Decode reads CustomerObject from JSON.
func (s *CustomerObject) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode CustomerObject to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch CustomerObject(v) {
	case CustomerObjectCustomer:
		*s = CustomerObjectCustomer
	default:
		*s = CustomerObject(v)
	}
	return nil
}

// Decode reads AccountOwnershipObject from JSON.
func (s *AccountOwnershipObject) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountOwnershipObject to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch AccountOwnershipObject(v) {
	case AccountOwnershipObjectFinancialConnectionsAccountOwnership:
		*s = AccountOwnershipObjectFinancialConnectionsAccountOwnership
	default:
		*s = AccountOwnershipObject(v)
	}
	return nil
}

// Decode reads AccountOwnerListObject from JSON.
func (s *AccountOwnerListObject) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountOwnerListObject to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch AccountOwnerListObject(v) {
	case AccountOwnerListObjectList:
		*s = AccountOwnerListObjectList
	default:
		*s = AccountOwnerListObject(v)
	}
	return nil
}

// Decode reads AccountOwnerObject from JSON.
func (s *AccountOwnerObject) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountOwnerObject to nil")
	}
	v, err := d.StrBytes()
	if err != nil {
		return err
	}
	// A value that is known needs no memory of its own.
	switch AccountOwnerObject(v) {
	case AccountOwnerObjectFinancialConnectionsAccountOwner:
		*s = AccountOwnerObjectFinancialConnectionsAccountOwner
	default:
		*s = AccountOwnerObject(v)
	}
	return nil
}

// Decode reads Amounts from JSON.
func (s *Amounts) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode Amounts to nil")
	}
	m := s.init()
	if err := d.ObjBytes(func(d *jx.Decoder, k []byte) error {
		var elem int64
		if err := func() error {
			v, err := d.Int64()
			elem = int64(v)
			if err != nil {
				return err
			}
			return nil
		}(); err != nil {
			return errors.Wrapf(err, "decode field %q", k)
		}
		m[string(k)] = elem
		return nil
	}); err != nil {
		return errors.Wrap(err, "decode Amounts")
	}
	return nil
}

func (s *Amounts) init() Amounts {
	m := *s
	if m == nil {
		m = map[string]int64{}
		*s = m
	}
	return m
}

// Decode reads ConnectedAccountOrID from JSON.
func (s *ConnectedAccountOrID) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode ConnectedAccountOrID to nil")
	}
	switch t := d.Next(); t {
	case jx.Object:
		if err := s.ConnectedAccount.Decode(d); err != nil {
			return err
		}
		s.Type = ConnectedAccountConnectedAccountOrID
	case jx.String:
		v, err := d.Str()
		s.String = string(v)
		if err != nil {
			return err
		}
		s.Type = StringConnectedAccountOrID
	default:
		return errors.Errorf("unexpected json type %q", t)
	}
	return nil
}

// Decode reads CustomerOrID from JSON.
func (s *CustomerOrID) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode CustomerOrID to nil")
	}
	switch t := d.Next(); t {
	case jx.Object:
		if err := s.Customer.Decode(d); err != nil {
			return err
		}
		s.Type = CustomerCustomerOrID
	case jx.String:
		v, err := d.Str()
		s.String = string(v)
		if err != nil {
			return err
		}
		s.Type = StringCustomerOrID
	default:
		return errors.Errorf("unexpected json type %q", t)
	}
	return nil
}

// Decode reads AccountOwnershipOrID from JSON.
func (s *AccountOwnershipOrID) Decode(d *jx.Decoder) error {
	if s == nil {
		return errors.New("invalid: unable to decode AccountOwnershipOrID to nil")
	}
	switch t := d.Next(); t {
	case jx.Object:
		if err := s.AccountOwnership.Decode(d); err != nil {
			return err
		}
		s.Type = AccountOwnershipAccountOwnershipOrID
	case jx.String:
		v, err := d.Str()
		s.String = string(v)
		if err != nil {
			return err
		}
		s.Type = StringAccountOwnershipOrID
	default:
		return errors.Errorf("unexpected json type %q", t)
	}
	return nil
}

// Decode reads AccountHolder from JSON.
func (o *OptNilAccountHolder) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilAccountHolder to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v AccountHolder
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilAccountHolder) Reset() {
	var v AccountHolder
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads AccountOwnershipOrID from JSON.
func (o *OptNilAccountOwnershipOrID) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilAccountOwnershipOrID to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v AccountOwnershipOrID
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilAccountOwnershipOrID) Reset() {
	var v AccountOwnershipOrID
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads []AccountPermission from JSON.
func (o *OptNilAccountPermissionArray) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilAccountPermissionArray to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v []AccountPermission
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	o.Value = make([]AccountPermission, 0)
	if err := d.Arr(func(d *jx.Decoder) error {
		var elem AccountPermission
		if err := elem.Decode(d); err != nil {
			return err
		}
		o.Value = append(o.Value, elem)
		return nil
	}); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilAccountPermissionArray) Reset() {
	var v []AccountPermission
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads Amounts from JSON.
func (o *OptNilAmounts) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilAmounts to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v Amounts
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	o.Value = make(Amounts)
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilAmounts) Reset() {
	var v Amounts
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads Balance from JSON.
func (o *OptNilBalance) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilBalance to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v Balance
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilBalance) Reset() {
	var v Balance
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads BalanceRefresh from JSON.
func (o *OptNilBalanceRefresh) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilBalanceRefresh to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v BalanceRefresh
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilBalanceRefresh) Reset() {
	var v BalanceRefresh
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads CashBalance from JSON.
func (o *OptNilCashBalance) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilCashBalance to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v CashBalance
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilCashBalance) Reset() {
	var v CashBalance
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads ConnectedAccountOrID from JSON.
func (o *OptNilConnectedAccountOrID) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilConnectedAccountOrID to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v ConnectedAccountOrID
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilConnectedAccountOrID) Reset() {
	var v ConnectedAccountOrID
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads CreditBalance from JSON.
func (o *OptNilCreditBalance) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilCreditBalance to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v CreditBalance
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilCreditBalance) Reset() {
	var v CreditBalance
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads CustomerOrID from JSON.
func (o *OptNilCustomerOrID) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilCustomerOrID to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v CustomerOrID
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilCustomerOrID) Reset() {
	var v CustomerOrID
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads int64 from JSON.
func (o *OptNilInt64) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilInt64 to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v int64
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	v, err := d.Int64()
	if err != nil {
		return err
	}
	o.Value = int64(v)
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilInt64) Reset() {
	var v int64
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads OwnershipRefresh from JSON.
func (o *OptNilOwnershipRefresh) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilOwnershipRefresh to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v OwnershipRefresh
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilOwnershipRefresh) Reset() {
	var v OwnershipRefresh
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads string from JSON.
func (o *OptNilString) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilString to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v string
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	v, err := d.Str()
	if err != nil {
		return err
	}
	o.Value = string(v)
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilString) Reset() {
	var v string
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads []SubscriptionFeature from JSON.
func (o *OptNilSubscriptionFeatureArray) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilSubscriptionFeatureArray to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v []SubscriptionFeature
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	o.Value = make([]SubscriptionFeature, 0)
	if err := d.Arr(func(d *jx.Decoder) error {
		var elem SubscriptionFeature
		if err := elem.Decode(d); err != nil {
			return err
		}
		o.Value = append(o.Value, elem)
		return nil
	}); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilSubscriptionFeatureArray) Reset() {
	var v []SubscriptionFeature
	o.Value = v
	o.Set = false
	o.Null = false
}

// Decode reads TransactionRefresh from JSON.
func (o *OptNilTransactionRefresh) Decode(d *jx.Decoder) error {
	if o == nil {
		return errors.New("invalid: unable to decode OptNilTransactionRefresh to nil")
	}
	if d.Next() == jx.Null {
		if err := d.Null(); err != nil {
			return err
		}
		var v TransactionRefresh
		o.Value = v
		o.Set = true
		o.Null = true
		return nil
	}
	o.Set = true
	o.Null = false
	if err := o.Value.Decode(d); err != nil {
		return err
	}
	return nil
}

// Reset makes the value one that was left out.
func (o *OptNilTransactionRefresh) Reset() {
	var v TransactionRefresh
	o.Value = v
	o.Set = false
	o.Null = false
}
